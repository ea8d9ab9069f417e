import * as z from "zod";
import { readStorable } from "../../parse-body.ts";
import { isGithubName } from "../names.ts";
import { nonsense } from "./refusal.ts";

const Sent = z.record(z.string(), z.unknown());
/** An object as GitHub sent it. */
export type Sent = z.infer<typeof Sent>;

/** What was read of a list, and how many of its elements could not be. */
export type Items<T> = { items: T[]; skipped: number };

/** Reads each element of a list. One that can't be read or stored costs only itself. Throws GithubRefusal when it is no list. */
export function readItems<T>(list: unknown, read: (sent: Sent) => T): Items<T> {
  if (!Array.isArray(list)) throw nonsense("the answer is no list");
  const items = list.flatMap((element) => {
    try {
      return [readItem(element, read)];
    } catch {
      return [];
    }
  });
  return { items, skipped: list.length - items.length };
}

/** Reads one object; its free text loses what can't be stored. Throws when it can't be read, or a name holds such a character. */
export function readItem<T>(value: unknown, read: (sent: Sent) => T): T {
  return read(Sent.parse(readStorable(JSON.stringify(value), isGithubName).value));
}
