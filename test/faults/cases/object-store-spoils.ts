import type { Fault } from "../fault.ts";
import { spoiltReads } from "../spoilt-reads.ts";

/** Each raw body's first read ends with 404 and the second with half the body; nothing may be refused for that. */
export const objectStoreSpoils: Fault = {
  name: "object-store-spoils",
  quick: true,
  ...spoiltReads(["not found", "truncate"], 3),
};
