import { Buffer } from "node:buffer";
import { walkJson } from "./walk.ts";

/** A number of JSON as its sender wrote it: the part before its exponent, and the exponent. */
const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * Characters of a number as PostgreSQL's jsonb prints it, which is without an exponent: `1e308` has 309 digits. A text that is
 * no number counts as it is.
 */
export function printedLength(written: string): number {
  const [, whole = "", fraction = "", exponent = "0"] = NUMBER.exec(written) ?? [];
  const shift = Number(exponent);
  if (whole === "" || shift === 0) return written.length;
  const before = Math.max(whole.length + shift, 1);
  const after = Math.max(fraction.length - shift, 0);
  return before + after + 2;
}

/** A number that is written with an exponent. */
const WITH_EXPONENT = /[[:,]\s*(-?\d+(?:\.\d+)?[eE][+-]?\d+)/g;

/** Whether a JSON text may be longer once its numbers are printed. */
export function mayGrowInPrint(json: string): boolean {
  return json.search(WITH_EXPONENT) >= 0;
}

/** Bytes of a JSON text in UTF-8 once its numbers are printed. */
export function printedBytes(json: string): number {
  let bytes = Buffer.byteLength(json);
  if (!mayGrowInPrint(json)) return bytes;
  walkJson(json, {
    text() {},
    number(start, end) {
      const written = json.slice(start, end);
      bytes += printedLength(written) - written.length;
    },
  });
  return bytes;
}
