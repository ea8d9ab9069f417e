import { Pool } from "pg";
import { afterAll, expect, inject } from "vitest";

/** A pool on the shared stack's database, closed after the file's tests. */
export function testPool(): Pool {
  const pool = new Pool({ connectionString: inject("stack").databaseUrl, max: 3 });
  afterAll(() => pool.end());
  return pool;
}

/** The receipt id inside a `Location: /deliveries/<signed id>`. */
export function receiptOf(answer: Response): string {
  const id = /^\/deliveries\/([0-9a-f-]{36})\.[0-9a-f]{32}$/.exec(answer.headers.get("location") ?? "")?.[1];
  if (id === undefined) throw new Error(`no receipt in ${answer.status} ${answer.headers.get("location")}`);
  return id;
}

/** Waits until a receipt is settled and tells how: `inbox`, `repeats` or a state of `rejected`. */
export async function settled(pool: Pool, receiptId: string): Promise<{ how: string; reason: string | null }> {
  const look = async () => {
    const { rows } = await pool.query<{ how: string; reason: string | null }>(
      `select 'inbox' as how, null as reason from ledger.inbox where receipt_id = $1
       union all select 'repeats', null from ledger.repeats where receipt_id = $1
       union all select state, reason from ledger.rejected where receipt_id = $1`,
      [receiptId],
    );
    return rows[0];
  };
  await expect.poll(look, { timeout: 20_000, interval: 20 }).toBeDefined();
  const row = await look();
  if (row === undefined) throw new Error("the row is gone again");
  return row;
}
