import * as z from "zod";

/**
 * Body of the messages that carry a scrape on (kind `scrape`), version 1: what is asked for, and which of the scrape's turns
 * this message is for. Its row says how far it is, so that one that comes twice is harmless.
 */
export const ScrapeMessage = z.strictObject({
  v: z.literal(1),
  repo: z
    .string()
    .max(300)
    .regex(/^[\w.-]+\/[\w.-]+$/, "must be owner/name"),
  max_runs: z.int().positive().max(2_147_483_647).nullable(),
  since: z.iso.datetime().nullable(),
  jobs: z.boolean(),
  turn: z.int().nonnegative().optional().describe("missing in messages of earlier releases"),
});
export type ScrapeMessage = z.infer<typeof ScrapeMessage>;
