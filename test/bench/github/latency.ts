import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { Stack } from "../../../dev/stack.ts";
import type { Report } from "../figures.ts";
import { openLoad } from "../load.ts";
import { spreadOf } from "../spread.ts";
import { signedDeliveries } from "./signed-asks.ts";

const PER_SECOND = 100;
const SECONDS = 10;
const LOOK_EVERY_MS = 10;
/** What a look misses since its transaction took longer is found by the next long look. */
const LOOK_BACK = { short: "1 s", long: "10 min" };
const LONG_LOOK_EVERY = 20;
const GIVE_UP_MS = 60_000;

/** (b) From the 200 to the rows: 100 deliveries a second, each timed until another connection sees it stored. */
export async function benchLatency(stack: Stack, report: Report): Promise<void> {
  const load = openLoad();
  const client = new Client({ connectionString: stack.databaseUrl });
  const watch = new AbortController();
  await client.connect();
  await stack.consumer.start();
  try {
    const mix = (first: number, distinct: number) => signedDeliveries(stack, { repoId: 700_002, first, distinct });
    await load.run(mix(0, 200), { loop: "open", perSecond: PER_SECOND, seconds: 2 });
    await sleep(2_000);
    const seen = watchInbox(client, watch.signal);
    const { answers } = await load.run(mix(200, PER_SECOND * SECONDS), {
      loop: "open",
      perSecond: PER_SECOND,
      seconds: SECONDS,
    });
    const accepted = new Map(answers.map(({ location, at }) => [receiptIn(location), at]));
    await untilAll([...accepted.keys()], seen.storedAt);
    watch.abort();
    await seen.ended;
    const waits = [...accepted].map(([id, at]) => Math.max(0, (seen.storedAt.get(id) ?? Number.NaN) - at));
    const { p50, p99 } = spreadOf(waits);
    const answered = spreadOf(answers.map(({ ms }) => ms));
    report.add({
      part: "github-latency",
      mode: stack.mode,
      what: `${PER_SECOND} deliveries/s: 200 to stored`,
      values: { "ms p50": p50, "ms p99": p99, "ms receipt p50": answered.p50, "ms receipt p99": answered.p99 },
      ratios: [{ of: "of receipt p50", value: p50 / answered.p50 }],
    });
  } finally {
    watch.abort();
    await stack.consumer.stop();
    await client.end();
    await load.end();
  }
}

/** Notes when each receipt is first seen in the inbox; a look every few milliseconds. */
function watchInbox(client: Client, signal: AbortSignal): { storedAt: Map<string, number>; ended: Promise<void> } {
  const storedAt = new Map<string, number>();
  const look = async () => {
    for (let looks = 1; !signal.aborted; looks += 1) {
      const back = looks % LONG_LOOK_EVERY === 0 ? LOOK_BACK.long : LOOK_BACK.short;
      const { rows } = await client.query<{ id: string }>({
        name: "look",
        text: "select receipt_id as id from ledger.inbox where stored_at > now() - $1::interval",
        values: [back],
      });
      const now = performance.timeOrigin + performance.now();
      for (const { id } of rows) if (!storedAt.has(id)) storedAt.set(id, now);
      await sleep(LOOK_EVERY_MS);
    }
  };
  return { storedAt, ended: look() };
}

async function untilAll(ids: readonly string[], storedAt: ReadonlyMap<string, number>): Promise<void> {
  const end = Date.now() + GIVE_UP_MS;
  for (;;) {
    const missing = ids.filter((id) => !storedAt.has(id)).length;
    if (missing === 0) return;
    if (Date.now() > end) throw new Error(`${missing} deliveries were accepted and not stored within a minute`);
    await sleep(50);
  }
}

function receiptIn(location: string | undefined): string {
  const id = /^\/deliveries\/([0-9a-f-]{36})\./.exec(location ?? "")?.[1];
  if (id === undefined) throw new Error(`no receipt in ${location}`);
  return id;
}
