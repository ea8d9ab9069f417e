import type { Pool } from "pg";

/** Makes Postgres answer inserts into a table with an SQLSTATE; `when` is a condition over the new row. Returns the undoing. */
export async function refuseInserts(
  pool: Pool,
  table: string,
  code: string,
  when = "true",
): Promise<() => Promise<void>> {
  await pool.query(`
    create or replace function public.refuse_insert() returns trigger language plpgsql as $$
    begin
      if ${when} then raise exception 'refused for a while' using errcode = '${code}'; end if;
      return new;
    end $$;
    create trigger refuse_insert before insert on ${table} for each row execute function public.refuse_insert();`);
  return async () => {
    await pool.query(`drop trigger refuse_insert on ${table}`);
  };
}
