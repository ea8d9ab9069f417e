import * as z from "zod";

/** Which refused deliveries are meant; a filter that is missing matches all. */
export const ReplayFilter = z.strictObject({
  states: z.array(z.enum(["rejected", "dead"])).min(1),
  source: z.string().max(50).optional(),
  reason: z.string().max(500).optional().describe("a part of the reason, as it is written"),
  since: z.iso.datetime().optional().describe("received then or later"),
  until: z.iso.datetime().optional().describe("received before then"),
});
export type ReplayFilter = z.infer<typeof ReplayFilter>;

/** Body of the messages that carry a replay job on (kind `replays`), version 1: all messages of one job are the same. */
export const ReplayJobMessage = z.strictObject({
  v: z.literal(1),
  filter: ReplayFilter,
  settledUntil: z.iso
    .datetime()
    .describe("what was refused later is not meant: a replay must not meet its own refusals"),
  expected: z.int().nonnegative(),
});
export type ReplayJobMessage = z.infer<typeof ReplayJobMessage>;
