import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Fault, Scene } from "../fault.ts";
import { poisonMessages, poisonOf } from "../poison.ts";
import { guid } from "../random.ts";

/** One message in ten can never be stored; the others go through at their first receive. */
export const oneInTenPoison: Fault = {
  name: "one-in-ten-poison",
  quick: true,
  // A receive that comes back only because it took long would look like a second try.
  visibilityTimeoutSeconds: 30,
  // A missing raw body is tried to the last receive.
  maxReceiveCount: 3,
  async run(scene) {
    const { load, random, sender } = scene;
    const mixed = load.flatMap((delivery, i) =>
      i % 10 === 9 ? [delivery, poisonOf(i, guid(random), delivery.repoId)] : [delivery],
    );
    await Promise.all([sender.send(mixed), putIntoQueue(scene)]);
    return [];
  },
  async check({ pool }) {
    const { rows } = await pool.query<{ text: string }>(`
      select key || ' was stored at receive ' || receives as text from ledger.inbox where receives > 1
      union all select key || ' was refused at receive ' || receives from ledger.rejected
        where receives > 1 and reason <> 'the raw body is no longer in the object store'
      union all select key || ' was refused without a reason' from ledger.rejected where reason = ''`);
    return rows.map(({ text }) => text);
  },
};

async function putIntoQueue({ stack, sender }: Scene): Promise<void> {
  const credentials = { accessKeyId: "embedded", secretAccessKey: "embedded" };
  const region = stack.functionEnv.AWS_REGION ?? "";
  const sqs = new SQSClient({ region, credentials, endpoint: new URL(stack.queueUrl).origin });
  for (const { name, text, key } of poisonMessages()) {
    const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: stack.queueUrl, MessageBody: text }));
    sender.note(key ?? MessageId ?? "", name);
  }
  sqs.destroy();
}
