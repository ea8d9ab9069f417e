import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow, rows } from "../../client.ts";
import { outbox } from "../../schema/index.ts";

const Postponed = z.object({ messages: z.int() });
const Due = z.object({ source: z.string() });

/**
 * How many messages the queue surely holds back so much longer for mails that are tried later: those postponed together
 * have one, and it is received no earlier than they are due.
 */
export async function postponedMailMessages(db: Database, seconds: number): Promise<number> {
  const { messages } = await onlyRow(
    db,
    Postponed,
    sql`select count(distinct (source, due_at))::integer as messages from ${outbox}
      where state = 'waiting' and due_at > now() + make_interval(secs => ${seconds})`,
  );
  return messages;
}

/** The sources that have mails which should be on their way. */
export async function sourcesWithDueMails(db: Database): Promise<string[]> {
  const found = await rows(
    db,
    Due,
    sql`select distinct source from ${outbox} where state = 'waiting' and due_at <= now() limit 20`,
  );
  return found.map(({ source }) => source);
}
