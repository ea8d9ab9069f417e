import { mayGrowInPrint, printedBytes } from "../../json-text/printed-size.ts";
import { Rejection } from "../outcome.ts";

/** Bytes of UTF-8 that a UTF-16 unit takes at most. */
const MAX_BYTES_A_UNIT = 3;

/** An object of a body, and where it stands (RFC 6901). */
export type Placed = readonly [pointer: string, value: unknown];

/**
 * Refuses a body that holds an object of more bytes than `setting` says, its numbers counted as they are printed: reads answer
 * with many of them. `text` is the whole body, and spares a small one the work. Throws Rejection.
 */
export function refuseLargeObjects(
  text: string,
  objects: Iterable<Placed>,
  limit: { setting: string; bytes: number },
): void {
  if (text.length * MAX_BYTES_A_UNIT <= limit.bytes && !mayGrowInPrint(text)) return;
  for (const [pointer, value] of objects) {
    const bytes = value === undefined ? 0 : printedBytes(JSON.stringify(value));
    if (bytes > limit.bytes)
      throw new Rejection(`${pointer}: takes ${bytes} bytes, more than ${limit.setting} (${limit.bytes})`);
  }
}
