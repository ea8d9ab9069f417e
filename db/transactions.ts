import { sql } from "drizzle-orm";
import type { Database, TransactionalDatabase } from "./client.ts";
import { isUnavailable } from "./errors.ts";

/**
 * Transactions on a pool's connections, which get back to it in every case: Drizzle's own keeps one when `begin` already
 * fails. A connection that is broken, or could not roll back, is dropped.
 */
export function transactionsOn<Client extends { release(drop?: boolean): void }>(
  connect: () => Promise<Client>,
  databaseOn: (client: Client) => Database,
  begin: string,
): TransactionalDatabase["transaction"] {
  return async (work) => {
    const client = await connect();
    const tx = databaseOn(client);
    try {
      await tx.execute(sql.raw(begin));
      const result = await work(tx);
      await tx.execute(sql`commit`);
      client.release();
      return result;
    } catch (error) {
      const isClean = await tx.execute(sql`rollback`).then(
        () => true,
        () => false,
      );
      client.release(!isClean || isUnavailable(error));
      throw error;
    }
  };
}
