import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { Database, TransactionalDatabase } from "../../db/client.ts";
import { rebuildDerived } from "../../db/upserts/kernelci/derived/rebuild.ts";
import { storeSubmissions } from "../../db/upserts/kernelci/store.ts";
import { documentOf } from "../../functions/ingest/kernelci/document.ts";
import { objectsOf } from "../../functions/ingest/kernelci/objects-of.ts";
import { newReceiptId } from "../../functions/messages/receipt-id.ts";
import { seedTexts } from "../conformance/kernelci/seed.ts";

const SEED = join(import.meta.dirname, "..", "conformance", "recordings", "kernelci", "seed");
const TABLES = ["checkouts", "builds", "tests", "issues", "incidents"];

/** Stores the recorded submissions, for tests of what is read. */
export async function loadKernelciSeed(db: TransactionalDatabase): Promise<void> {
  const texts = seedTexts(SEED).map(({ text }) => text);
  await db.transaction((tx) => storeTexts(tx, texts));
}

/** Stores submissions one after the other as the consumer does, then the times of ingestion they name, and recounts. */
export async function storeTexts(tx: Database, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const objects = objectsOf(documentOf(new Uint8Array(Buffer.from(text))).document, new Date().toISOString());
    await storeSubmissions(tx, [{ receiptId: newReceiptId(), objects }]);
  }
  for (const text of texts)
    for (const table of TABLES)
      await tx.execute(sql`update kernelci.${sql.identifier(table)} as stored set _timestamp = given._timestamp
        from jsonb_to_recordset(${text}::jsonb -> ${table}) as given(id text, _timestamp timestamptz)
        where given.id = stored.id and given._timestamp is not null`);
  await rebuildDerived(tx);
}
