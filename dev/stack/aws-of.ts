import { type Emulator, REGION } from "../emulator.ts";
import type { NamedAws } from "./types.ts";

/** The emulator's addresses, with credentials: any do. */
export function awsOf(
  emulator: Pick<Emulator, "queueUrl" | "deadLetterQueueUrl" | "bucketUrl"> | undefined,
): NamedAws | undefined {
  if (emulator === undefined) return undefined;
  const { queueUrl, deadLetterQueueUrl, bucketUrl } = emulator;
  const anyKey = { accessKeyId: "embedded", secretAccessKey: "embedded" };
  return { queueUrl, deadLetterQueueUrl, bucketUrl, region: REGION, ...anyKey };
}
