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
  QABOARD_STORAGE: z
    .string()
    .regex(/^\//, "must be an absolute path")
    .optional()
    .describe("folder of all projects' files on /qaboard, whatever their configurations say; unset: what they say"),
  QABOARD_STORAGE_USER: z
    .string()
    .default("qaboard")
    .describe("what {user} stands for in the folders that configurations of /qaboard name"),
};
