import { sql } from "drizzle-orm";
import { index, jsonb, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { ledger } from "./ledger.ts";

/** What becomes of a mail: `not_sent` when no mail server is set, `failed` when its recipient can never get it. */
export type MailState = "waiting" | "sent" | "not_sent" | "failed";

/** The way something leaves by: to a mail server, or to a chat's webhook. */
export type OutboxChannel = "mail" | "chat";

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

/** Mails and chat messages to be sent: written in the statement that causes them, marked in the transaction that sends them. */
export const outbox = ledger.table(
  "outbox",
  {
    id: uuid("id").primaryKey().default(sql`gen_random_uuid()`),
    source: text("source").notNull(),
    channel: text("channel").$type<OutboxChannel>().notNull().default("mail"),
    /** What makes it the same mail when it is decided a second time; null for one that is decided once. */
    key: text("key").unique("outbox_key"),
    /** What happened, in the source's words; with `about` it makes the text. */
    event: text("event").notNull(),
    about: jsonb("about").$type<Record<string, string>>().notNull(),
    recipient: text("recipient").notNull(),
    state: text("state").$type<MailState>().notNull().default("waiting"),
    tries: smallint("tries").notNull().default(0),
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    dueAt: instant("due_at").notNull().default(sql`now()`),
    settledAt: instant("settled_at"),
  },
  (t) => [
    index("outbox_due").on(t.source, t.channel, t.dueAt).where(sql`${t.state} = 'waiting'`),
    index("outbox_settled").on(t.settledAt),
  ],
);
