import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import * as z from "zod";

const isObject = (value: unknown) => typeof value === "object" && value !== null;

/** What a thread is started with. */
export const ThreadData = z.object({ reading: z.instanceof(SharedArrayBuffer) });

/** What a host asks of its thread: to ingest an event, or to finish and end. */
export const Request = z.discriminatedUnion("is", [
  z.object({
    is: z.literal("ingest"),
    id: z.int(),
    // Lambda's own shape, read by the consumer as it comes.
    event: z.custom<SQSEvent>(isObject),
    /** When the invocation must be over, in milliseconds since 1970. */
    deadline: z.number(),
    /** Messages whose reading was ended, and why. */
    ended: z.record(z.string(), z.string()),
  }),
  z.object({ is: z.literal("stop") }),
]);
export type Request = z.infer<typeof Request>;

/** What came of an event. */
export const Response = z.discriminatedUnion("is", [
  z.object({ is: z.literal("done"), id: z.int(), response: z.custom<SQSBatchResponse>(isObject) }),
  z.object({ is: z.literal("failed"), id: z.int(), reason: z.string() }),
]);
export type Response = z.infer<typeof Response>;
