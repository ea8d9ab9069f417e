import { randomUUID } from "node:crypto";
import { expect, inject } from "vitest";
import * as z from "zod";
import { rawObjectKey } from "../../functions/messages/claim-check.ts";
import { newReceiptId, receivedAtMs } from "../../functions/messages/receipt-id.ts";
import { gzip } from "../../functions/outside/gzip.ts";
import { s3Objects } from "../../functions/outside/object-store.ts";
import { freshRepository, workflowRun } from "./github-delivery.ts";
import { bearer } from "./own-edge.ts";

/** A replay job as its link answers; nothing else may be in it. */
const ReplaysStatus = z.strictObject({
  id: z.uuid(),
  state: z.enum(["queued", "running", "done", "failed"]),
  count: z.int().optional(),
  replayed: z.int(),
  skipped: z.int(),
  reason: z.string().nullable(),
  created_at: z.iso.datetime({ precision: 3 }),
  finished_at: z.iso.datetime({ precision: 3 }).nullable(),
  links: z.strictObject({ self: z.string() }),
});
export type ReplaysStatus = z.infer<typeof ReplaysStatus>;

const Begun = z.strictObject({
  id: z.uuid(),
  state: z.literal("queued"),
  count: z.int(),
  links: z.strictObject({ self: z.string() }),
});

/** Asks for a replay of many as an admin. */
export async function askReplays(body: unknown, edgeUrl = inject("stack").edgeUrl, token = inject("stack").adminToken) {
  return await fetch(`${edgeUrl}/deliveries/replays`, {
    method: "POST",
    headers: bearer(token),
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** How many deliveries a filter meets. */
export async function countReplays(filter: object): Promise<number> {
  const answer = await askReplays(filter);
  expect(answer.status).toBe(200);
  return z.strictObject({ count: z.int() }).parse(await answer.json()).count;
}

/** Starts a replay of as many as the filter meets, and returns the link that follows it. */
export async function beginReplays(filter: object, count: number): Promise<string> {
  const answer = await askReplays({ ...filter, confirm: count });
  expect(answer.status).toBe(202);
  const begun = Begun.parse(await answer.json());
  expect(begun.count).toBe(count);
  expect(answer.headers.get("location")).toBe(begun.links.self);
  return begun.links.self;
}

/** Looks until a replay of many has ended. */
export async function replaysEnded(path: string): Promise<ReplaysStatus> {
  const look = async () => ReplaysStatus.parse(await (await fetch(inject("stack").edgeUrl + path)).json());
  await expect.poll(async () => (await look()).state, { timeout: 20_000, interval: 50 }).toMatch(/^(done|failed)$/);
  return await look();
}

const { bucketUrl } = inject("stack");
const objects = s3Objects(bucketUrl, { region: "eu-central-1", accessKeyId: "x", secretAccessKey: "x" });

/** Values of a dead GitHub delivery's row, whose body is kept unless `isGone`; see `DEAD_COLUMNS`. */
export async function deadDelivery(reason: string, { isGone = false, payload = workflowRun(freshRepository()) } = {}) {
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(payload)));
  const receiptId = newReceiptId();
  const receivedAt = new Date(receivedAtMs(receiptId)).toISOString();
  const objectKey = rawObjectKey("github", receiptId, receivedAt);
  if (!isGone) await objects.put(objectKey, await gzip(bytes));
  return [receiptId, randomUUID(), reason, receivedAt, bytes.byteLength, objectKey] as const;
}

/** Enters what `deadDelivery` made. */
export const INSERT_DEAD = `insert into ledger.rejected (receipt_id, source, key, kind, event, state, reason, received_at,
    trace, content_type, size_bytes, object_key, receives)
  values ($1, 'github', $2, 'webhook', 'workflow_run', 'dead', $3, $4, '', 'application/json', $5, $6, 8)`;
