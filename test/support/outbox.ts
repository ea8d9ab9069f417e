import type { Pool } from "pg";
import * as z from "zod";

const Row = z.object({
  event: z.string(),
  recipient: z.string(),
  state: z.string(),
  tries: z.number(),
  last_error: z.string().nullable(),
});

/** The outbox as it stands, oldest first. */
export async function outboxRows(pool: Pool) {
  const { rows } = await pool.query("select * from ledger.outbox order by created_at, id");
  return z.array(Row).parse(rows);
}

/** States of all mails, as often as they are. */
export async function outboxStates(pool: Pool): Promise<Record<string, number>> {
  const states: Record<string, number> = {};
  for (const { state } of await outboxRows(pool)) states[state] = (states[state] ?? 0) + 1;
  return states;
}
