import { emulatorUrls } from "../dev/emulator.ts";
import { readSettings } from "../dev/settings.ts";
import { awsOf } from "../dev/stack/aws-of.ts";
import { OUTBOX_TASK } from "../functions/messages/outbox.ts";
import { newReceiptId } from "../functions/messages/receipt-id.ts";
import { packTask } from "../functions/messages/task-message.ts";
import { s3Objects } from "../functions/outside/object-store.ts";
import { sqsQueue } from "../functions/outside/queue.ts";

/**
 * Tells the consumer that something waits in a source's outbox, by the queue that the settings name, or by the embedded
 * one beside the embedded database. False when no queue took the message: then cron finds what waits.
 */
export async function announceOutbox(source: string): Promise<boolean> {
  const { aws, databaseUrl, ports } = readSettings(process.env);
  const named = aws ?? (databaseUrl === undefined ? awsOf(emulatorUrls(ports.aws)) : undefined);
  if (named === undefined) return false;
  const task = { ...OUTBOX_TASK, id: newReceiptId(), source, trace: "a command" };
  try {
    await sqsQueue(named.queueUrl, named).send(await packTask(task, s3Objects(named.bucketUrl, named)));
    return true;
  } catch {
    return false;
  }
}
