import { refusedFor } from "../http/errors.ts";

/** Refuses a list that names a tag twice, as the original's database did, in the words of its route. */
export function noTagTwice(ids: readonly string[], message: string): void {
  if (new Set(ids).size < ids.length) throw refusedFor(409, message);
}
