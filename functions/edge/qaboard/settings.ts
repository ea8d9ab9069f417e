import * as z from "zod";
import { sha256List } from "../setting-types.ts";

/** Settings of the QA-Board source at the edge. */
export const QABOARD_SETTINGS = {
  QABOARD_READ_TOKEN_SHA256: sha256List.describe(
    "secret: SHA-256 of each token that may read /qaboard; empty: everyone may",
  ),
  QABOARD_WRITE_TOKEN_SHA256: sha256List.describe(
    "secret: SHA-256 of each token that may write to /qaboard, and read it; empty: everyone may write",
  ),
  QABOARD_SESSION_KEY: z
    .string()
    .min(16)
    .optional()
    .describe("secret: signs the sessions of /qaboard's users; unset: a key made from RECEIPT_KEY"),
  QABOARD_CLEANING: z
    .enum(["on", "off"])
    .default("off")
    .describe("whether files of old results are deleted every hour, as storage.garbage of each project says"),
};
