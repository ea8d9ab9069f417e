import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import type { GithubId } from "../../schema/github-id.ts";
import { runRepairs } from "../../schema/index.ts";

/** Notes that GitHub was asked for a run, and whether it no longer has it. */
export async function upsertRunRepair(tx: Database, runId: GithubId, gone: boolean): Promise<void> {
  await tx.execute(sql`
    insert into ${runRepairs} (run_id, asked_at, times, gone) values (${String(runId)}::bigint, now(), 1, ${gone})
    on conflict (run_id) do update
      set asked_at = now(), times = least(${runRepairs.times} + 1, 1000), gone = excluded.gone`);
}
