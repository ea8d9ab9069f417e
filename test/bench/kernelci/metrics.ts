import { type Amounts, madeObjects } from "../../../cli/kernelci/made-objects.ts";
import type { TransactionalDatabase } from "../../../db/client.ts";
import type { Objects } from "../../../db/upserts/kernelci/objects.ts";
import { storeSubmissions } from "../../../db/upserts/kernelci/store.ts";
import type { Stack } from "../../../dev/stack.ts";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import type { Report } from "../figures.ts";
import { compareSizes, type SizedRead } from "./sizes.ts";

const DAYS = 14;
/** Submissions that one transaction stores. */
const BATCH = 40;

const metricsOf = (days: number): SizedRead => ({
  path: async () => `metrics/?start_days_ago=${days}`,
  isBound: true,
});

/** `metrics/` for a week and for a fortnight; the larger store has ten times as many tests a day. */
export async function benchKernelciMetrics(stack: Stack, report: Report, folder: string): Promise<void> {
  const reads = { "metrics of 7 days": metricsOf(7), [`metrics of ${DAYS} days`]: metricsOf(DAYS) };
  await compareSizes({ stack, report, folder }, "kernelci-metrics", reads, fillDays);
}

/** Made-up submissions, one after the other on the days of the fortnight before today. */
async function fillDays(db: TransactionalDatabase, amounts: Amounts): Promise<void> {
  const midnight = new Date().setUTCHours(0, 0, 0, 0);
  const store = (batch: readonly Objects[]) =>
    db.transaction((tx) =>
      storeSubmissions(
        tx,
        batch.map((objects) => ({ receiptId: newReceiptId(), objects })),
      ),
    );
  let batch: Objects[] = [];
  for (const [n, objects] of [...madeObjects(amounts, midnight)].entries()) {
    batch.push(ingestedOn(objects, new Date(midnight - ((n % DAYS) + 0.5) * 86_400_000).toISOString()));
    if (batch.length < BATCH) continue;
    await store(batch);
    batch = [];
  }
  await store(batch);
}

function ingestedOn(objects: Objects, ingestedAt: string): Objects {
  const dated = <R extends object>(rows: R[]) => rows.map((row) => ({ ...row, ingestedAt }));
  return {
    checkouts: dated(objects.checkouts),
    builds: dated(objects.builds),
    tests: dated(objects.tests),
    issues: dated(objects.issues),
    incidents: dated(objects.incidents),
  };
}
