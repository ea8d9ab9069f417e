import { expect, test } from "vitest";
import { type Message, messageOf, partsOf, sendLater } from "../../functions/ingest/batch-parts.ts";
import { serialiseEnvelope } from "../../functions/messages/envelope.ts";
import { newReceiptId } from "../../functions/messages/receipt-id.ts";

const MB = 1_048_576;

function message(messageId: string, sizeBytes: number, receives = 1): Message {
  const receiptId = newReceiptId();
  const body = serialiseEnvelope({
    v: 1,
    receiptId,
    source: "kernelci",
    kind: "submission",
    key: messageId,
    event: "tests",
    receivedAt: "2026-03-01T08:00:00.000Z",
    trace: "",
    contentType: "application/json",
    sizeBytes,
    replay: 0,
    body: { at: "store", objectKey: `raw/kernelci/2026/03/01/${receiptId}.gz` },
  });
  const received = { ApproximateReceiveCount: String(receives), SentTimestamp: "0", SenderId: "x" };
  return messageOf({
    messageId,
    receiptHandle: messageId,
    body,
    attributes: { ...received, ApproximateFirstReceiveTimestamp: "0" },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "",
    awsRegion: "",
  });
}

const idsOf = (messages: readonly Message[]) => messages.map(({ record }) => record.messageId);
const parts = (...messages: Message[]) => {
  const { together, alone, later } = partsOf(messages);
  return { together: idsOf(together), alone: idsOf(alone), later: idsOf(later) };
};

test("bodies that have room together are opened together, however many", () => {
  const small = Array.from({ length: 50 }, (_, n) => message(`${n}`, MB / 2));
  expect(parts(...small)).toEqual({ together: idsOf(small), alone: [], later: [] });
});

test("of what has no room one is taken by itself, that which was received most often; the rest is left", () => {
  expect(
    parts(message("small", 10), message("a", 90 * MB), message("b", 95 * MB, 3), message("c", 99 * MB, 2)),
  ).toEqual({ together: ["small"], alone: ["b"], later: ["c", "a"] });
  expect(parts(message("x", 20 * MB), message("y", 20 * MB), message("z", 12 * MB))).toEqual({
    together: ["x", "z"],
    alone: ["y"],
    later: [],
  });
});

test("a message that is no envelope takes no room", () => {
  const odd = message("odd", 0);
  expect(parts(messageOf({ ...odd.record, body: "no envelope" }))).toEqual({ together: ["odd"], alone: [], later: [] });
});

test("what is left goes back to the queue as it is; what the queue refuses comes again by itself", async () => {
  const [one, other] = [message("one", 1), message("other", 2)];
  const sent: string[] = [];
  const queue = {
    async send(text: string) {
      if (text === other.record.body) throw new Error("refused");
      sent.push(text);
    },
    depth: () => Promise.reject(new Error("not asked")),
  };
  expect(await sendLater([one, other], { queue })).toEqual(["other"]);
  expect(sent).toEqual([one.record.body]);
});
