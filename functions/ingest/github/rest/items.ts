import * as z from "zod";
import type { ScrapeSkip } from "../../../../db/schema/index.ts";
import { parseExactJson } from "../../../json-text/exact-json.ts";
import { isJsonObject } from "../../../json-text/json-object.ts";
import { keptReason } from "../../outcome.ts";
import { readStorable } from "../../parse-body.ts";
import { isGithubName } from "../names.ts";

const Sent = z.record(z.string(), z.unknown());
/** An object as GitHub sent it. */
export type Sent = z.infer<typeof Sent>;

/** What was read of a list, and which of its elements could not be. */
export type Items<T> = { items: T[]; skipped: ScrapeSkip[] };

/** Members that tell elements of GitHub's lists apart. */
const KEYS = ["id", "name", "sha"] as const;

/** Reads each element of a list of `kind`. One that can't be read or stored costs only itself. */
export function readItems<T>(list: readonly unknown[], kind: string, read: (sent: Sent) => T): Items<T> {
  const skipped: ScrapeSkip[] = [];
  const items = list.flatMap((element) => {
    try {
      return [readItem(element, read)];
    } catch (error) {
      const reason = keptReason(error instanceof Error ? error.message : String(error), 300);
      skipped.push({ kind, id: findKey(element), reason });
      return [];
    }
  });
  return { items, skipped };
}

/** Reads one object; its free text loses what can't be stored. Throws when it can't be read, or a name holds such a character. */
export function readItem<T>(value: unknown, read: (sent: Sent) => T): T {
  return read(Sent.parse(readStorable(JSON.stringify(value), isGithubName, parseExactJson).value));
}

/** What names an element of a list; null when nothing does. */
export function findKey(element: unknown): string | null {
  if (!isJsonObject(element)) return null;
  const key = KEYS.map((name) => element[name]).find((value) => value !== undefined && value !== null);
  if (key === undefined) return null;
  return keptReason(typeof key === "string" ? key : JSON.stringify(key), 100);
}
