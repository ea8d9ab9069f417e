import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { type OutboxChannel, outbox } from "../../schema/index.ts";

const Mail = z.object({
  id: z.string(),
  event: z.string(),
  about: z.record(z.string(), z.string()),
  recipient: z.string(),
  tries: z.number(),
});
/** A mail that waits in the outbox. */
export type Mail = z.infer<typeof Mail>;

/** One way out of a source's outbox. */
export type Way = { source: string; channel: OutboxChannel };

const Inserted = z.object({ id: z.string() });
const isOfWay = ({ source, channel }: Way) => sql`source = ${source} and channel = ${channel}`;

/** A mail to be written: `key` makes it the same one when it is decided a second time. */
export type NewMail = Way & Pick<Mail, "id" | "event" | "about" | "recipient"> & { key: string | null };

/** Puts a mail into the outbox; false when one of its key was there before. */
export async function insertMail(tx: Database, { id, source, channel, key, ...mail }: NewMail): Promise<boolean> {
  const inserted = await firstRow(
    tx,
    Inserted,
    sql`insert into ${outbox} (id, source, channel, key, event, about, recipient) values (${id}::uuid, ${source},
        ${channel}, ${key}, ${mail.event}, ${JSON.stringify(mail.about)}::jsonb, ${mail.recipient})
      on conflict (key) do nothing returning id`,
  );
  return inserted !== undefined;
}

/**
 * The mail that has been due longest and is in nobody's hands, locked until the caller's transaction ends; undefined when
 * there is none. Of those postponed together the least tried comes first.
 */
export async function takeDueMail(tx: Database, way: Way): Promise<Mail | undefined> {
  return await firstRow(
    tx,
    Mail,
    sql`select id, event, about, recipient, tries from ${outbox}
      where ${isOfWay(way)} and state = 'waiting' and due_at <= now()
      order by due_at, tries, created_at limit 1 for update skip locked`,
  );
}

/** What became of a mail for good. */
export async function settleMail(
  tx: Database,
  id: string,
  { state, note = null }: { state: "sent" | "not_sent" | "failed"; note?: string | null },
): Promise<void> {
  await tx.execute(sql`update ${outbox} set state = ${state}, last_error = ${note}, settled_at = now()
    where id = ${id}::uuid`);
}

/** Has a mail wait before it is tried again. */
export async function postponeMail(tx: Database, id: string, seconds: number, reason: string): Promise<void> {
  await tx.execute(sql`update ${outbox} set tries = least(tries + 1, 10000), last_error = ${reason},
      due_at = now() + make_interval(secs => ${seconds}) where id = ${id}::uuid`);
}

/** Has mails that would be due before then wait as long, but for those in somebody's hands. */
export async function postponeOthers(tx: Database, way: Way, seconds: number): Promise<void> {
  await tx.execute(sql`with due as (
      select id from ${outbox} where ${isOfWay(way)} and state = 'waiting'
        and due_at < now() + make_interval(secs => ${seconds}) for update skip locked
    ) update ${outbox} o set due_at = now() + make_interval(secs => ${seconds}) from due where o.id = due.id`);
}

/** Forgets mails that were settled that many days ago: they hold addresses of people. */
export async function forgetSettledMails(db: Database, days: number): Promise<void> {
  await db.execute(sql`delete from ${outbox} where settled_at < now() - make_interval(days => ${days})`);
}
