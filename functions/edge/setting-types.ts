import * as z from "zod";
import { withoutTrailingSlashes } from "../formats/trailing-slashes.ts";

/** SHA-256 sums in hex, by commas or blanks. */
export const sha256List = z
  .string()
  .default("")
  .transform((list) => words(list.toLowerCase()))
  .pipe(z.array(z.string().regex(/^[0-9a-f]{64}$/, "must be SHA-256 sums in hex")));

/** A JSON list of texts, or texts separated by commas or blanks. */
export const textList = z
  .string()
  .default("")
  .transform((list) => list.split(/[\s,[\]"]+/).filter(Boolean));

/** Words separated by commas or blanks. */
export const wordList = z.string().transform(words);

/** Addresses separated by commas or blanks, each without slashes at its end. */
export function urlList(standard: string) {
  return z
    .string()
    .default(standard)
    .transform((list) => words(list).map(withoutTrailingSlashes));
}

/** A truth in the usual words. */
export const truth = z
  .string()
  .toLowerCase()
  .pipe(z.enum(["true", "1", "yes", "false", "0", "no"]))
  .transform((word) => ["true", "1", "yes"].includes(word));

function words(list: string): string[] {
  return list.split(/[\s,]+/).filter(Boolean);
}
