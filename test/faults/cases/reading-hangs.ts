import { join } from "node:path";
import type { Fault } from "../fault.ts";
import { poisonedAmong } from "../poisoned.ts";

const TEST = join(import.meta.dirname, "..", "..");
const READ_TIMEOUT_SECONDS = 3;
/** Among so many messages one never ends; two in all, since each costs the consumer its time. */
const COMPANIONS = 30;
const STORED_WITHIN_MS = 60_000;

/** The reading of a message blocks its thread for ever: each companion is stored within a minute, and it is refused. */
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
  async run({ sender, load }) {
    await sender.send(poisonedAmong(load, "hang", COMPANIONS, 2));
    return [];
  },
  async check({ pool, sender }) {
    const stored = await pool.query<{ key: string; at: Date }>("select key, stored_at as at from ledger.inbox");
    const late = stored.rows.flatMap(({ key, at }) => {
      const afterMs = at.getTime() - (sender.sentAt.get(key) ?? 0);
      return afterMs <= STORED_WITHIN_MS ? [] : [`${key} was stored ${afterMs} ms after it was sent`];
    });
    const { rows } = await pool.query<{ reason: string }>("select distinct reason from ledger.rejected");
    const reasons = rows.map(({ reason }) => reason);
    const expected = `took longer than ${READ_TIMEOUT_SECONDS} s to read`;
    return [
      ...late,
      ...(reasons.length === 1 && reasons[0] === expected ? [] : [`the reasons of refusals are ${reasons}`]),
    ];
  },
};
