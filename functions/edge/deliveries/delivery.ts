import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { DeliveryRow } from "../../../db/queries/ledger/delivery-row.ts";
import { signReceiptId } from "../../messages/receipt-id.ts";
import type { Env } from "../env.ts";
import { sourceUrl } from "../http/source-host.ts";
import { SOURCES } from "../sources.ts";

/** What becomes of a delivery, as its sender and the operators see it. */
export const Delivery = z
  .object({
    id: z.uuid().openapi({ description: "UUID v7; ids sort by arrival" }),
    status: z.enum(["accepted", "done", "rejected", "dead"]).openapi({
      description:
        "accepted: durably held, not stored yet. done: stored. rejected: refused with a reason. dead: given up by the queue.",
    }),
    source: z.string().optional().openapi({ example: "github" }),
    kind: z.string().optional().openapi({ example: "webhook" }),
    key: z.string().optional().openapi({ description: "idempotency key within the source" }),
    event: z.string().optional().openapi({ example: "workflow_run" }),
    outcome: z
      .enum(["applied", "ignored"])
      .optional()
      .openapi({ description: "ignored: nothing of it is kept, as the source's contract says" }),
    reason: z
      .string()
      .optional()
      .openapi({ description: "why it was refused, why it still waits, or that it repeats a key with another body" }),
    received_at: z.iso.datetime(),
    stored_at: z.iso.datetime().optional(),
    refused_at: z.iso.datetime().optional(),
    content_type: z.string().optional(),
    size_bytes: z.int().optional().openapi({ description: "of the body as it was sent" }),
    replaced: z.int().positive().optional().openapi({
      description:
        "characters of free text that cannot be stored (NUL, half a surrogate pair) and are stored as U+FFFD; the raw body keeps them",
    }),
    receives: z.int().optional().openapi({ description: "how often the queue has handed it to the consumer" }),
    replays: z.int().optional().openapi({ description: "0 as delivered, n after its nth replay" }),
    links: z.object({
      self: z.string().openapi({ description: "this delivery, signed: whoever has the link may read it" }),
      stored: z
        .string()
        .optional()
        .openapi({ description: "where what the source has stored is listed, or a page that says how it is read" }),
      repeats: z.string().optional().openapi({ description: "the earlier delivery with the same key, which counts" }),
    }),
  })
  .openapi("Delivery");
export type Delivery = z.infer<typeof Delivery>;

/** The address of a receipt, signed. */
export function deliveryPath(c: Context<Env>, receiptId: string): string {
  return `/deliveries/${signReceiptId(receiptId, c.env.config.RECEIPT_KEY)}`;
}

/** A row as the API shows it; what is unknown is left out. */
export function deliveryAnswer(c: Context<Env>, row: DeliveryRow): Delivery {
  const isDone = row.status === "done";
  const settledAt = row.settledAt === null ? {} : { [isDone ? "stored_at" : "refused_at"]: row.settledAt };
  return {
    id: row.receiptId,
    status: row.status,
    source: row.source,
    ...known("kind", row.kind),
    key: row.key,
    ...known("event", row.event),
    ...known("outcome", row.outcome),
    ...known("reason", row.reason),
    received_at: row.receivedAt,
    ...settledAt,
    ...known("content_type", row.contentType),
    ...known("size_bytes", row.sizeBytes),
    ...known("replaced", row.replaced === 0 ? null : row.replaced),
    ...known("receives", row.receives),
    replays: row.replays,
    links: {
      self: deliveryPath(c, row.receiptId),
      ...(isDone && row.outcome === "applied" ? { stored: listingUrl(c, row.source) } : {}),
      ...(row.repeats === null ? {} : { repeats: deliveryPath(c, row.repeats) }),
    },
  };
}

/** Where what a source has stored is read. */
function listingUrl(c: Context<Env>, name: string): string {
  const listing = SOURCES.find((source) => source.name === name)?.listing ?? "";
  return `${sourceUrl(c.req.url, name)}${listing}`;
}

function known<K extends string, V>(name: K, value: V | null): Partial<Record<K, V>> {
  // A computed key widens to string; the record holds exactly this one.
  return value === null ? {} : ({ [name]: value } as Record<K, V>);
}
