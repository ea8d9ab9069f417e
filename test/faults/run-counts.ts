import type { Pool } from "pg";

/** Counters of run lists that a recount of the runs does not confirm. */
export async function wrongRunCounts(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ row: string }>(`
    with recounted as (
      select repo_id, dimension, value, count(*) as total
      from github.runs cross join lateral (values
        ('all', ''), ('branch', branch), ('workflow', workflow_id::text), ('status', status), ('conclusion', conclusion)
      ) as counted(dimension, value)
      where value is not null group by repo_id, dimension, value
    )
    select to_jsonb(c)::text as row
    from (select * from github.run_counts where total <> 0) as kept
    full join recounted using (repo_id, dimension, value)
    cross join lateral (select repo_id, dimension, value, kept.total as kept, recounted.total as recounted) as c
    where kept.total is distinct from recounted.total`);
  return rows.map(({ row }) => `run_counts and a recount differ: ${row}`);
}
