import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { onTestFinished } from "vitest";
import { type Emulator, type EmulatorOptions, REGION, startEmulator } from "../../dev/emulator.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Credentials the emulator takes: any do. */
export const ANY_KEY = { accessKeyId: "any", secretAccessKey: "any" };

/** An emulator of the test's own, on a free port. */
export async function ownEmulator(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  const emulator = await startEmulator({ port: 0, dataDir: temporaryFolder(), ...options });
  onTestFinished(() => emulator.stop());
  return emulator;
}

/** Sends texts to a queue as the SDK does with a bare queue URL. */
export async function sendAll(queueUrl: string, texts: readonly string[]): Promise<void> {
  const sqs = new SQSClient({ region: REGION, credentials: ANY_KEY, logger: QUIET });
  for (const MessageBody of texts) await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
  sqs.destroy();
}

/** The SDK remarks on every call that a queue URL is not AWS's. */
const QUIET = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
