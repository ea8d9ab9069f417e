import type { Fault } from "../fault.ts";
import { spoiltReads } from "../spoilt-reads.ts";

/** Each raw body's first read is never answered, until the reader hangs up, and the second is late; nothing may be refused. */
export const objectStoreSlow: Fault = {
  name: "object-store-slow",
  quick: false,
  visibilityTimeoutSeconds: 60,
  ...spoiltReads(["hang", "slow"], 2),
};
