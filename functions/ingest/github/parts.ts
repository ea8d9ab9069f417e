import type * as z from "zod";
import { isJsonObject } from "../../json-text/json-object.ts";
import { parsed } from "../parsed.ts";

/** More than any schema of ours is deep: a part, what holds it, what holds that. */
const MAX_ROUNDS = 10;
const REMOVED = Symbol("removed");

type Path = readonly PropertyKey[];

/**
 * Parses an object of GitHub's as far as rows need it. A part that does not fit costs only itself: in `value` it becomes null,
 * or is removed from its list, and so does what holds it where that can't do without it. Throws Rejection, naming the first
 * part that did not fit, when nothing is left.
 */
export function parseParts<T>(schema: z.ZodType<T>, value: unknown): T {
  const first = schema.safeParse(value);
  for (let result = first, round = 0; round < MAX_ROUNDS; round += 1) {
    if (result.success) return result.data;
    // A list that is too long is beyond a limit, not a part that does not fit: without it nobody would hear of its elements.
    if (result.error.issues.some((issue) => issue.code === "too_big" && issue.origin === "array")) break;
    const lists = new Set<unknown[]>();
    const isDropped = result.error.issues.map(({ path }) => dropPart(value, path, lists));
    if (isDropped.includes(false)) break;
    for (const list of lists) removeMarked(list);
    result = schema.safeParse(value);
  }
  return parsed(schema, value, first.error);
}

/** Drops the innermost part of a path that is not dropped yet; false when there is none. */
function dropPart(root: unknown, path: Path, lists: Set<unknown[]>): boolean {
  const holders = [root];
  for (const key of path) holders.push(memberOf(holders.at(-1), key));
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const holder = holders[depth];
    const key = path[depth];
    if (Array.isArray(holder) && typeof key === "number") {
      holder[key] = REMOVED;
      lists.add(holder);
      return true;
    }
    if (isJsonObject(holder) && typeof key === "string" && holder[key] !== null) {
      holder[key] = null;
      return true;
    }
  }
  return false;
}

function memberOf(holder: unknown, key: PropertyKey): unknown {
  if (Array.isArray(holder) && typeof key === "number") return holder[key];
  return isJsonObject(holder) && typeof key === "string" ? holder[key] : undefined;
}

function removeMarked(list: unknown[]): void {
  const kept = list.filter((element) => element !== REMOVED);
  list.length = 0;
  for (const element of kept) list.push(element);
}
