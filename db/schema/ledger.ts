import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

/** What every source shares: which deliveries were stored, which were refused, and which still wait. */
export const ledger = pgSchema("ledger");

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string", precision: 3 });

/** One row for each stored delivery; the key makes storing idempotent. */
export const inbox = ledger.table(
  "inbox",
  {
    source: text("source").notNull(),
    key: text("key").notNull(),
    receiptId: uuid("receipt_id").notNull().unique(),
    kind: text("kind").notNull(),
    event: text("event").notNull(),
    outcome: text("outcome").$type<"applied" | "ignored">().notNull(),
    receivedAt: instant("received_at").notNull(),
    storedAt: instant("stored_at").notNull().default(sql`now()`),
    trace: text("trace").notNull(),
    contentType: text("content_type").notNull(),
    sizeBytes: integer("size_bytes").notNull(),
    objectKey: text("object_key").notNull(),
    receives: smallint("receives").notNull(),
    replays: smallint("replays").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.source, t.key] }), index("inbox_stored_at").on(t.storedAt)],
);

/** Receipts whose key was stored before: they point at the delivery that counts. */
export const repeats = ledger.table("repeats", {
  receiptId: uuid("receipt_id").primaryKey(),
  source: text("source").notNull(),
  key: text("key").notNull(),
  receivedAt: instant("received_at").notNull(),
});

/** Deliveries that could not be stored: refused with a reason, or dead after too many receives. */
export const rejected = ledger.table(
  "rejected",
  {
    receiptId: uuid("receipt_id").primaryKey(),
    source: text("source").notNull(),
    key: text("key").notNull(),
    kind: text("kind").notNull(),
    event: text("event").notNull(),
    state: text("state").$type<"rejected" | "dead" | "stored">().notNull(),
    reason: text("reason").notNull(),
    receivedAt: instant("received_at").notNull(),
    settledAt: instant("settled_at").notNull().default(sql`now()`),
    trace: text("trace").notNull(),
    contentType: text("content_type").notNull(),
    sizeBytes: integer("size_bytes").notNull(),
    objectKey: text("object_key").notNull(),
    receives: smallint("receives").notNull(),
    replays: smallint("replays").notNull().default(0),
  },
  (t) => [index("rejected_state").on(t.state, t.settledAt), index("rejected_key").on(t.source, t.key)],
);

/** Messages a consumer handed back, and replays asked for: accepted, not stored yet, with the last reason. */
export const waiting = ledger.table("waiting", {
  receiptId: uuid("receipt_id").primaryKey(),
  source: text("source").notNull(),
  kind: text("kind").notNull(),
  key: text("key").notNull(),
  event: text("event").notNull(),
  receivedAt: instant("received_at").notNull(),
  /** When it was taken: the arrival, or the request of the replay. */
  acceptedAt: instant("accepted_at").notNull(),
  receives: smallint("receives").notNull(),
  replays: smallint("replays").notNull().default(0),
  reason: text("reason").notNull(),
});

/** How many deliveries were settled, by outcome; in slots, so that parallel transactions write different rows. */
export const deliveryCounts = ledger.table(
  "delivery_counts",
  {
    source: text("source").notNull(),
    outcome: text("outcome").$type<"applied" | "ignored" | "repeat" | "rejected" | "dead">().notNull(),
    slot: smallint("slot").notNull(),
    total: bigint("total", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.source, t.outcome, t.slot] })],
);

/** One row: when the queue was last seen empty, so that the age of what waits has an upper bound. */
export const queueWatch = ledger.table("queue_watch", {
  id: smallint("id").primaryKey(),
  emptyAt: instant("empty_at").notNull(),
});

/** One row a replay job: which refused deliveries are meant, and how far it is. Its cursor is the last receipt it looked at. */
export const replayJobs = ledger.table("replay_jobs", {
  jobId: uuid("job_id").primaryKey(),
  filter: jsonb("filter").$type<Record<string, unknown>>().notNull(),
  expected: integer("expected").notNull(),
  state: text("state").$type<"running" | "done">().notNull().default("running"),
  cursor: uuid("cursor"),
  replayed: integer("replayed").notNull().default(0),
  skipped: integer("skipped").notNull().default(0),
  createdAt: instant("created_at").notNull().default(sql`now()`),
  finishedAt: instant("finished_at"),
});
