import { relative } from "node:path";
import { SECRETS_FILE } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";

/** Where each API is mounted. */
const MOUNTS = [
  ["GitHub API", "/github"],
  ["KernelCI", "/kernelci"],
] as const;

/** The one screen `npm start` shows. */
export function screen(stack: Stack, settings: Settings): string {
  const near = relative(process.cwd(), settings.dataDir);
  const folder = near === "" || near.startsWith("..") ? settings.dataDir : near;
  const database = new URL(stack.databaseUrl);
  if (settings.databaseUrl !== undefined) database.password = "";
  const rows = [
    ...MOUNTS.map(([name, path]) => [name, `${stack.edgeUrl}${path}`] as const),
    ["Documentation", `${stack.edgeUrl}/docs`],
    ["Health", `${stack.edgeUrl}/health`],
    ["PostgreSQL", database.href],
    ["Data", `${folder} (delete it to begin anew${stack.mode === "worker" ? `; logs in ${folder}/logs` : ""})`],
    ["Secrets", `${folder}/${SECRETS_FILE} (admin token, webhook secret)`],
  ] as const;
  return [
    "",
    stack.mode === "node" ? "Runledger is running (self-host mode: Node and pg)." : "Runledger is running.",
    "",
    ...rows.map(([name, value]) => `  ${name.padEnd(14)} ${value}`),
    "",
    "Fill it with a sample:   npm run demo (GitHub), npm run kernelci:seed",
    "Stop it:                 Ctrl-C",
    "",
  ].join("\n");
}
