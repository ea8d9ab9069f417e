import type { TransactionalDatabase } from "../../db/client.ts";
import { allObjects, type Objects } from "../../db/upserts/kernelci/objects.ts";
import { storeSubmissions } from "../../db/upserts/kernelci/store.ts";
import { newReceiptId } from "../../functions/messages/receipt-id.ts";
import { type Amounts, madeObjects } from "./made-objects.ts";

/** Objects that one transaction stores, about. */
const BATCH = 4_000;

/** Stores made-up submissions as the consumer stores real ones; tells how many tests are stored. */
export async function fill(
  db: TransactionalDatabase,
  amounts: Amounts,
  onProgress: (tests: number) => void = () => {},
): Promise<void> {
  let batch: Objects[] = [];
  let size = 0;
  let tests = 0;
  const store = async () => {
    const submissions = batch.map((objects) => ({ receiptId: newReceiptId(), objects }));
    await db.transaction((tx) => storeSubmissions(tx, submissions));
    tests += allObjects(submissions).tests.length;
    batch = [];
    size = 0;
    onProgress(tests);
  };
  for (const objects of madeObjects(amounts, Date.now())) {
    batch.push(objects);
    size += objects.tests.length + 1;
    if (size >= BATCH) await store();
  }
  if (batch.length > 0) await store();
}
