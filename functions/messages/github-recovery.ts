import * as z from "zod";

/** When a piece of work goes on, and how often in a row it had to wait. */
const waits = { notBefore: z.iso.datetime().optional(), tries: z.int().nonnegative().default(0) };

/**
 * Body of the messages that recover what was missed (kind `recovery`), version 1 (contract section 6): `start` begins all that the settings name, `log` reads a
 * page of a webhook's delivery log, `redeliver` asks for what failed there, `runs` asks for unfinished runs.
 */
export const RecoveryMessage = z.discriminatedUnion("job", [
  z.strictObject({ v: z.literal(1), job: z.literal("start"), ...waits }),
  z.strictObject({
    v: z.literal(1),
    job: z.literal("log"),
    hook: z.string(),
    page: z.string().nullable(),
    newest: z.iso.datetime().nullable().describe("when the newest delivery of this reading was sent"),
    ...waits,
  }),
  z.strictObject({ v: z.literal(1), job: z.literal("redeliver"), hook: z.string(), ...waits }),
  z.strictObject({ v: z.literal(1), job: z.literal("runs"), ...waits }),
]);
export type RecoveryMessage = z.infer<typeof RecoveryMessage>;

/** What begins a recovery. */
export const BEGIN_RECOVERY: RecoveryMessage = { v: 1, job: "start", tries: 0 };
