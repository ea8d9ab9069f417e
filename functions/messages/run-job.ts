import * as z from "zod";

/** Body of the messages that have a job handed to a runner (kind `run-job` of qaboard), version 1. */
export const RunJobMessage = z.strictObject({
  v: z.literal(1),
  jobId: z.int().positive(),
  attempt: z.int().positive().describe("1 for the first time that a runner is asked"),
});
export type RunJobMessage = z.infer<typeof RunJobMessage>;
