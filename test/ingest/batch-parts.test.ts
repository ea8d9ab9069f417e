import { expect, test } from "vitest";
import { divideBatch, type Message, messageOf, sendLater } from "../../functions/ingest/batch-parts.ts";
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
const divided = (...messages: Message[]) => {
  const { parts, later } = divideBatch(messages);
  return { parts: parts.map(idsOf), later: idsOf(later) };
};

test("bodies that have room together are opened together, however many", () => {
  const small = Array.from({ length: 50 }, (_, n) => message(`${n}`, MB / 2));
  expect(divided(...small)).toEqual({ parts: [idsOf(small)], later: [] });
});

test("of what has no room one is taken by itself; the rest is left", () => {
  expect(divided(message("small", 10), message("a", 90 * MB), message("b", 95 * MB))).toEqual({
    parts: [["small"], ["a"]],
    later: ["b"],
  });
  expect(divided(message("x", 20 * MB), message("y", 20 * MB), message("z", 12 * MB))).toEqual({
    parts: [["x", "z"], ["y"]],
    later: [],
  });
});

test("what was received before comes after the others, each alone", () => {
  expect(divided(message("again", 10, 2), message("new", 10), message("also", 10, 2), message("other", 10))).toEqual({
    parts: [["new", "other"], ["again"], ["also"]],
    later: [],
  });
});

test("of what was received often only the least suspect is begun, after the others; the rest is left", () => {
  expect(divided(message("most", 10, 7), message("new", 10), message("least", 10, 3), message("often", 10, 4))).toEqual(
    {
      parts: [["new"], ["least"]],
      later: ["often", "most"],
    },
  );
});

test("a message that is no envelope takes no room", () => {
  const odd = message("odd", 0);
  expect(divided(messageOf({ ...odd.record, body: "no envelope" }))).toEqual({ parts: [["odd"]], later: [] });
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

test("a message without a receive count is not left out", () => {
  expect(divided(message("one", MB, Number.NaN)).parts).toEqual([["one"]]);
});
