import { join } from "node:path";
import type { Fault } from "../fault.ts";
import { poisonedAmong } from "../poisoned.ts";

const TEST = join(import.meta.dirname, "..", "..");
const READ_TIMEOUT_SECONDS = 3;
/** Among so many messages one never ends; two in all, since each costs the consumer its time. */
const COMPANIONS = 30;
const STORED_WITHIN_MS = 60_000;

/** The reading of a message blocks its thread for ever: its companions are stored all the same, and it is refused. */
export const readingHangs: Fault = {
  name: "reading-hangs",
  quick: true,
  visibilityTimeoutSeconds: 30,
  stack: {
    functions: {
      main: join(TEST, "ingest", "thread", "poisoned.ts"),
      deadLetter: join(TEST, "..", "functions", "ingest", "dead-letter.ts"),
    },
    env: { READ_TIMEOUT_SECONDS: String(READ_TIMEOUT_SECONDS) },
  },
  async run({ sender, load, pool }) {
    await sender.send(poisonedAmong(load, "hang", COMPANIONS, 2));
    const companions = load.length;
    const end = performance.now() + STORED_WITHIN_MS;
    const stored = async () => (await pool.query("select count(*)::integer as n from ledger.inbox")).rows[0]?.n;
    while (performance.now() < end) if ((await stored()) >= companions) return [];
    return [`${await stored()} of ${companions} companions were stored within ${STORED_WITHIN_MS / 1_000} s`];
  },
  async check({ pool }) {
    const { rows } = await pool.query<{ reason: string }>("select distinct reason from ledger.rejected");
    const reasons = rows.map(({ reason }) => reason);
    const expected = `took longer than ${READ_TIMEOUT_SECONDS} s to read`;
    return reasons.length === 1 && reasons[0] === expected ? [] : [`the reasons of refusals are ${reasons}`];
  },
};
