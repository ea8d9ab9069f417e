import type { Pool } from "pg";
import type { Stack } from "../../dev/stack.ts";
import { keptIds, toldIds } from "./ids.ts";
import { wrongKernelciCounts } from "./kernelci/counts.ts";
import type { TableRows } from "./model/rows.ts";
import { type Source, storedRows } from "./model/stored.ts";
import { wrongRawBodies } from "./raw-bodies.ts";
import { differences } from "./row-differences.ts";
import { wrongRunCounts } from "./run-counts.ts";

const WRONG_COUNTS = { github: wrongRunCounts, kernelci: wrongKernelciCounts };

/** The figures of one fault, and everything that is not as it must be. */
export type Audit = {
  sent: number;
  accepted: number;
  stored: number;
  rejected: number;
  dead: number;
  lost: number;
  double: number;
  /** What else is worth knowing, for the printed line. */
  note?: string;
  wrong: string[];
};

/**
 * Compares what the sender was told with what the database holds, by sets of ids (reliability plan, audits 1 to 3):
 * every accepted key is stored, or refused with a reason, and never both; only poison is refused; every row is the one
 * that a single application in order makes; counters are what a recount gives; every raw body is kept, byte for byte.
 */
export async function audit(
  stack: Stack,
  pool: Pool,
  folder: string,
  { source, reference, digests }: { source: Source; reference: TableRows; digests: ReadonlyMap<string, string> },
): Promise<Audit> {
  const told = toldIds(folder);
  const kept = await keptIds(pool);
  const stored = [...kept.stored.values()];
  const refused = [...kept.rejected.values(), ...kept.dead.values()];
  const settledKeys = new Set([...stored, ...refused]);
  const settledReceipts = new Set(Object.values({ ...kept, waiting: new Map() }).flatMap((ids) => [...ids.keys()]));

  const lost = [
    ...[...told.accepted].filter((key) => !settledKeys.has(key)).map((key) => `lost: ${key}`),
    ...[...told.receipts]
      .filter(([id, key]) => settledKeys.has(key) && !settledReceipts.has(id))
      .map(([id]) => `lost receipt: ${id}`),
  ];
  const double = [
    ...repeated([...stored, ...refused]).map((key) => `settled twice: ${key}`),
    ...[...kept.repeated.keys()].filter((id) => kept.stored.has(id)).map((id) => `stored and a repeat: ${id}`),
    ...(await wrongTotals(pool, stored.length, kept.repeated.size)),
    ...differences(await storedRows(pool, source), reference),
    ...(await WRONG_COUNTS[source](pool)),
  ];
  const poison = (key: string) => told.sent.get(key) ?? "";
  const wrong = [
    ...[...told.sent.keys()].filter((key) => !told.accepted.has(key)).map((key) => `never accepted: ${key}`),
    ...[...settledKeys].filter((key) => !told.sent.has(key)).map((key) => `nobody sent ${key}`),
    ...stored.filter((key) => poison(key) !== "").map((key) => `stored although it is poison: ${key} ${poison(key)}`),
    ...refused.filter((key) => poison(key) === "").map((key) => `refused although it is good: ${key}`),
    // A note that comes after the end of its message is swept away by the cron trigger.
    ...[...kept.waiting.keys()].filter((id) => !settledReceipts.has(id)).map((id) => `waits for ever: ${id}`),
    ...(await wrongRawBodies(pool, stack.bucketUrl, digests)),
  ];
  return {
    sent: told.sent.size,
    accepted: told.accepted.size,
    stored: stored.length,
    rejected: kept.rejected.size,
    dead: kept.dead.size,
    lost: lost.length,
    double: double.length,
    wrong: [...lost, ...double, ...wrong],
  };
}

function repeated(keys: readonly string[]): string[] {
  const seen = new Set<string>();
  return keys.filter((key) => seen.size === seen.add(key).size);
}

/** The counters behind the metrics hold every stored key and every repeat exactly once. */
async function wrongTotals(pool: Pool, stored: number, repeats: number): Promise<string[]> {
  const { rows } = await pool.query<{ stored: number; repeats: number }>(`
    select coalesce(sum(total) filter (where outcome in ('applied', 'ignored')), 0)::int as stored,
      coalesce(sum(total) filter (where outcome = 'repeat'), 0)::int as repeats
    from ledger.delivery_counts`);
  const [counted] = rows;
  return [
    ...(counted?.stored === stored ? [] : [`delivery_counts has ${counted?.stored} stored, the inbox ${stored}`]),
    ...(counted?.repeats === repeats ? [] : [`delivery_counts has ${counted?.repeats} repeats of ${repeats}`]),
  ];
}
