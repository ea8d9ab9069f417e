import type { Pool } from "pg";

/** Has PostgreSQL end one connection, of those in a transaction first; how many were ended. */
export async function endOneBackend(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name <> 'faults' and backend_type = 'client backend'
    order by xact_start is null, random() limit 1`);
  return rowCount ?? 0;
}
