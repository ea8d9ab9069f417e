import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { pooledDatabase } from "../../db/client.ts";
import { migrate } from "../../db/migrate.ts";
import { startNeonProxy } from "../../dev/neon-proxy.ts";
import { startPostgres } from "../../dev/postgres.ts";
import { readConfig } from "../../functions/ingest/config.ts";
import { openBatch } from "../../functions/ingest/kinds.ts";
import { storeBatch } from "../../functions/ingest/store-batch.ts";
import { rawObjectKey } from "../../functions/messages/claim-check.ts";
import type { Envelope } from "../../functions/messages/envelope.ts";
import { newReceiptId } from "../../functions/messages/receipt-id.ts";
import { type DerivedRows, derivedRows, type Source, unreached } from "./derived-rows.ts";
import { leaveNothing } from "./left-behind.ts";
import type { Delivery } from "./story.ts";

/**
 * The derived rows of a load that nothing disturbs: on a database of its own, each delivery once, one after the other,
 * in the order in which they happened. Repositories, which share no row, go side by side.
 */
export async function referenceRows(load: readonly Delivery[], source: Source): Promise<DerivedRows> {
  const dataDir = mkdtempSync(join(tmpdir(), "runledger-reference-"));
  const postgres = await startPostgres({ dataDir, port: 0, durable: false });
  const done = leaveNothing(new Map([["postgres", postgres.pid]]), dataDir);
  const proxy = await startNeonProxy({ databaseUrl: postgres.url, port: 0 });
  const { db, end } = pooledDatabase(postgres.url, proxy.address, 4);
  const pool = new Pool({ connectionString: postgres.url, max: 1 });
  try {
    await migrate(postgres.url);
    const resources = { db, config: readConfig({ ...UNUSED, DATABASE_URL: postgres.url }) };
    const inOrder = load.map((delivery) => ({ delivery, receiptId: newReceiptId() }));
    const byRepo = Map.groupBy(inOrder, ({ delivery }) => delivery.repoId);
    await Promise.all(
      [...byRepo.values()].map(async (list) => {
        for (const { delivery, receiptId } of list) await storeAlone(delivery, source, receiptId, resources);
      }),
    );
    const rows = await derivedRows(pool, source);
    const empty = unreached(rows, source);
    if (empty.length > 0) throw new Error(`the load writes nothing into ${empty}`);
    return rows;
  } finally {
    await Promise.all([end(), pool.end()]);
    await proxy.stop();
    await postgres.stop("immediate");
    rmSync(dataDir, { recursive: true, force: true });
    done();
  }
}

/** What a consumer's configuration asks for beside the database; nothing here is ever called. */
const UNUSED = {
  QUEUE_URL: "http://127.0.0.1:9/queue",
  OBJECTS_URL: "http://127.0.0.1:9/bucket",
  AWS_REGION: "none",
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
};

const KINDS = { github: "webhook", kernelci: "submission" };

async function storeAlone(
  { key, event, body }: Delivery,
  source: Source,
  receiptId: string,
  resources: Parameters<typeof storeBatch>[1],
): Promise<void> {
  const bytes = new Uint8Array(Buffer.from(body));
  const receivedAt = new Date().toISOString();
  const objectKey = rawObjectKey(source, receiptId, receivedAt);
  const envelope: Envelope = {
    v: 1,
    receiptId,
    source,
    kind: KINDS[source],
    key,
    event,
    receivedAt,
    trace: "",
    contentType: "application/json",
    sizeBytes: bytes.byteLength,
    replay: 0,
    body: { at: "store", objectKey },
  };
  const batch = openBatch(envelope, resources.config);
  const outcome = batch.read(envelope, bytes);
  const message = {
    messageId: key,
    receiptHandle: key,
    receives: 1,
    firstSentMs: Date.now(),
    isSentOn: false,
    envelope,
    objectKey,
    body: bytes,
  };
  const [stored] = await storeBatch([{ ...message, batch, outcome }], resources);
  if (stored?.outcome.is !== "done")
    throw new Error(`the reference refuses ${event} ${key}: ${JSON.stringify(stored?.outcome)}`);
}
