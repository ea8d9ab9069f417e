import * as z from "zod";

/** How long and how large the reading of one message may get. */
export const READING_SETTINGS = {
  READ_TIMEOUT_SECONDS: z.coerce
    .number()
    .positive()
    .default(20)
    .describe("reading one message may take so long; then it is ended, tried again alone and refused in the end"),
  READ_MEMORY_MB: z.coerce
    .number()
    .int()
    .min(128)
    .default(1_300)
    .describe("heap of the thread that reads messages; what needs more is ended likewise"),
};

export const ReadingConfig = z.object(READING_SETTINGS);
export type ReadingConfig = z.infer<typeof ReadingConfig>;
