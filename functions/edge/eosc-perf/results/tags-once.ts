import { refusedFor } from "../http/errors.ts";

/** Refuses a list that names a tag twice, as the original's database did. */
export function noTagTwice(ids: readonly string[]): void {
  if (new Set(ids).size < ids.length) throw refusedFor(409, "Integrity error");
}
