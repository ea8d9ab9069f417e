import * as z from "zod";

/**
 * Body of the messages that carry a scrape on (kind `scrape`), version 1: what is asked for. All messages of one scrape
 * are the same, since its row says how far it is; one that comes twice is harmless.
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
});
export type ScrapeMessage = z.infer<typeof ScrapeMessage>;
