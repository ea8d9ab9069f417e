import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import { chatMessages, outbox } from "../../schema/index.ts";

const Inserted = z.object({ id: z.string() });

/** How long a text is not told again (contract part 09, Discord). */
const QUIET = sql`interval '600 seconds'`;

/** Texts of such a time, since callers choose what they ask for: a webhook takes some thirty a minute. */
const MAX_MESSAGES = 60;

/**
 * Puts a text for the chat into the outbox, unless it was told lately or too much was; whether it did. One statement, so
 * that of two callers at once only one tells it.
 */
export async function insertChatMessage(db: Database, text: string): Promise<boolean> {
  const inserted = await rows(
    db,
    Inserted,
    sql`with recent as (
        select from ${chatMessages} where sent_at > now() - ${QUIET} limit ${MAX_MESSAGES}
      ), claimed as (
        insert into ${chatMessages} (digest, sent_at)
        select encode(sha256(convert_to(${text}, 'UTF8')), 'hex'), now()
        where (select count(*) from recent) < ${MAX_MESSAGES}
        on conflict (digest) do update set sent_at = excluded.sent_at
          where ${chatMessages}.sent_at <= now() - ${QUIET} returning digest
      )
      insert into ${outbox} (source, channel, event, recipient, about)
      select 'kernelci', 'chat', 'noticed', 'discord', jsonb_build_object('text', ${text}::text) from claimed returning id`,
  );
  return inserted.length > 0;
}

/** Forgets texts that may be told again. */
export async function forgetChatMessages(db: Database): Promise<void> {
  await db.execute(sql`delete from ${chatMessages} where sent_at <= now() - ${QUIET}`);
}
