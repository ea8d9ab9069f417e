import { labelFolder } from "../../../files/label-folder.ts";
import type { ExportedOutput } from "./selection.ts";

/** An output with the commit it is of. */
export type Labelled = { hash: string; output: ExportedOutput };

/** What all exported outputs share: it needs no place in names. */
export type Shared = {
  commit?: string;
  platform?: string | null;
  configurations?: unknown;
  extra_parameters?: unknown;
};

/** What is the same for all. */
export function findShared(all: readonly Labelled[]): Shared {
  const [first] = all;
  if (first === undefined) return {};
  const isSame = (read: (one: Labelled) => unknown) => all.every((one) => read(one) === read(first));
  return {
    ...(isSame(({ hash }) => hash) ? { commit: first.hash } : {}),
    ...(isSame(({ output }) => output.platform) ? { platform: first.output.platform } : {}),
    ...(isSame(({ output }) => output.configurations)
      ? { configurations: JSON.parse(first.output.configurations) as unknown }
      : {}),
    ...(isSame(({ output }) => output.parameters)
      ? { extra_parameters: JSON.parse(first.output.parameters) as unknown }
      : {}),
  };
}

/** The label of an output: what it does not share, each after an `@`. */
export function labelFor({ hash, output }: Labelled, shared: Shared): string {
  const parts = [
    "commit" in shared ? "" : hash.slice(0, 4),
    "platform" in shared ? "" : (output.platform ?? ""),
    "configurations" in shared ? "" : labelFolder(output.configurations),
    "extra_parameters" in shared ? "" : labelFolder(output.parameters),
  ].filter(Boolean);
  return parts.map((part) => `@${part}`).join("");
}
