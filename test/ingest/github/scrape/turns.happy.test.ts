import { beforeEach, expect, test } from "vitest";
import { isReadable, openDelivery } from "../../../../functions/ingest/delivery.ts";
import { carryScrapeOn } from "../../../../functions/ingest/github/scrape/carry-on.ts";
import { newReceiptId } from "../../../../functions/messages/receipt-id.ts";
import { packTask } from "../../../../functions/messages/task-message.ts";
import type { ObjectStore } from "../../../../functions/outside/object-store.ts";
import { differences, emptyStore } from "../../../conformance/github/rows.ts";
import { githubRest, TURBINE_LIKE, toolsFor } from "../../../support/github-rest.ts";
import { recordedRows } from "../../../support/recorded-rows.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";

/* What becomes of a scrape's messages when the consumer dies between its steps. */

const scratch = scratchDatabase();
const rest = githubRest();
beforeEach(() => emptyStore(scratch().pool));

/** Requests of a scrape of the smaller repository that nothing disturbs. */
const UNDISTURBED = 29;

type Message = { text: string; receives: number };
type Death = "before it sends on" | "after it sent on" | "before it acknowledges" | undefined;

/** Carries a scrape through a queue whose consumer dies at the n-th receive as `dies` says; how many receives that took. */
async function scrapeWith(dies: (receive: number) => Death, change: object = {}): Promise<number> {
  const messages: Message[] = [];
  let death: Death;
  const queue = {
    async send(text: string) {
      if (death === "before it sends on") throw new Error("the consumer died");
      messages.push({ text, receives: 0 });
      if (death === "after it sent on") throw new Error("the consumer died");
    },
    depth: () => Promise.reject(new Error("nobody looks at the depth")),
  };
  const body = { v: 1, repo: TURBINE_LIKE, max_runs: null, since: null, jobs: true, turn: 0, ...change };
  const task = { id: newReceiptId(), source: "github", kind: "scrape", trace: "t", body };
  messages.push({ text: await packTask(task, OBJECTS), receives: 0 });
  const resources = { ...toolsFor(rest(), scratch().db), queue, objects: OBJECTS };
  for (let receive = 1; ; receive += 1) {
    const message = messages.shift();
    if (message === undefined) return receive - 1;
    message.receives += 1;
    death = dies(receive);
    await carryScrapeOn(await opened(message), resources).catch((error: unknown) => {
      if (death === undefined) throw error;
    });
    if (death !== undefined) messages.push(message);
  }
}

/** Nothing is too large to travel in its message. */
const OBJECTS: ObjectStore = {
  put: async () => {},
  putStream: async () => {},
  get: async () => undefined,
  has: async () => false,
  check: async () => {},
};

async function opened({ text, receives }: Message) {
  const attributes = {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(Date.now()),
    SenderId: "",
    ApproximateFirstReceiveTimestamp: "",
  };
  const queued = { eventSource: "aws:sqs", eventSourceARN: "", awsRegion: "", md5OfBody: "", messageAttributes: {} };
  const delivery = await openDelivery(
    { messageId: newReceiptId(), receiptHandle: "h", body: text, attributes, ...queued },
    OBJECTS,
  );
  if (!isReadable(delivery)) throw new Error(delivery.reason);
  return delivery;
}

const states = async () => (await scratch().pool.query("select state from github.scrapes")).rows;

test("undisturbed, each turn takes one message", async () => {
  const receives = await scrapeWith(() => undefined);
  expect(rest().requests).toHaveLength(UNDISTURBED);
  const { rows } = await scratch().pool.query("select turn from github.scrapes");
  expect(rows).toEqual([{ turn: receives }]);
});

const AFTER = ["after it sent on", "before it acknowledges"] as const;

test.each(AFTER)(
  "a consumer that dies each time %s asks GitHub for nothing twice, and its messages end",
  async (when) => {
    const undisturbed = await scrapeWith(() => undefined);
    await emptyStore(scratch().pool);
    await rest.anew();
    const receives = await scrapeWith((receive) => (receive % 2 === 1 ? when : undefined));
    expect(await states()).toEqual([{ state: "done" }]);
    expect(rest().requests).toHaveLength(UNDISTURBED);
    expect(receives).toBeLessThanOrEqual(5 * undisturbed);
    expect(await differences(scratch().pool, recordedRows(TURBINE_LIKE))).toEqual([]);
  },
);

test("a consumer that dies before each sending on loses nothing", async () => {
  await scrapeWith((receive) => (receive % 2 === 1 ? "before it sends on" : undefined));
  expect(await states()).toEqual([{ state: "done" }]);
  expect(rest().requests).toHaveLength(UNDISTURBED);
  expect(await differences(scratch().pool, recordedRows(TURBINE_LIKE))).toEqual([]);
});

test("a message of an earlier release, which names no turn, carries its scrape on", async () => {
  await scrapeWith(() => undefined, { turn: undefined });
  expect(await states()).toEqual([{ state: "done" }]);
});
