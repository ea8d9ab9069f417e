import * as z from "zod";
import { type Environment, readEnvironment } from "../../node/environment.ts";
import { Config } from "../config.ts";
import { mailSettingsFit } from "../mail/settings-fit.ts";
import { READING_SETTINGS } from "../thread/config.ts";

/** Batches at one time; each holds one connection. */
export const CONCURRENCY = 2;

/** What polling needs beside what the functions read themselves. */
export const PollConfig = z.object({
  QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url().describe("SQS queue that takes what was received too often"),
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SESSION_TOKEN: z.string().min(1).optional(),
  FUNCTION_TIMEOUT_SECONDS: z.coerce
    .number()
    .positive()
    .default(300)
    .describe("an invocation that takes longer counts as failed"),
  QUEUE_WAIT_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(20)
    .default(20)
    .describe("how long one receive waits; an emulator may hand a message to a receive whose caller is gone"),
});
export type PollConfig = z.infer<typeof PollConfig>;

/** The settings of a consumer that polls for itself. */
export const ConsumerConfig = Config.extend({ ...PollConfig.shape, ...READING_SETTINGS });

/** Reads the settings of the consumer's process; throws WrongConfiguration. */
export function readConsumerConfig(environment: Environment): z.infer<typeof ConsumerConfig> {
  return readEnvironment(ConsumerConfig.check(mailSettingsFit), environment);
}
