import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";
import { qaboardBatches, qaboardCommits } from "../../schema/index.ts";
import { CommitOutcome, type CommitSource, commitOutcome, findOrMakeCommit } from "./commit-source.ts";

/** One post of a batch; `text` is its body, whose `data`, `command`, `qaboard_config` and `qaboard_metrics` are kept. */
export type PostedBatch = {
  text: string;
  commit: CommitSource;
  label: string;
  /** Folder of the batch; null for the conventional one. */
  batchDir: string | null;
};

const Stored = z.union([
  z.object({ outcome: z.literal("stored"), id: z.int() }),
  z.object({ outcome: CommitOutcome.exclude(["stored"]) }),
]);

/** A batch's own configuration or metrics, where the commit has some that differ; over `given` and `commit_data`. */
const differing = (posted: string, ofCommit: string, key: string) => sql`
  case when commit_data.data -> ${sql.raw(`'${ofCommit}'`)} <> given.body -> ${sql.raw(`'${posted}'`)}
    and given.body -> ${sql.raw(`'${posted}'`)} not in ('null', '{}')
  then jsonb_build_object(${sql.raw(`'${key}'`)}, given.body -> ${sql.raw(`'${posted}'`)}) else '{}' end`;

/** Creates or updates a batch with the commit it belongs to, in one statement (contract section 4.2). */
export async function storeBatch(db: Database, posted: PostedBatch): Promise<z.infer<typeof Stored>> {
  const { text, commit, label, batchDir } = posted;
  return await onlyRow(
    db,
    Stored,
    sql`
    with ${findOrMakeCommit(text, commit, { does: "nothing" })},
    commit_data as (select c.data from ${qaboardCommits} c join commit on commit.id = c.id),
    posted as materialized (
      select coalesce(nullif(body -> 'data', 'null'), '{}')
          || case when body #> '{data,is_best_iter}' = 'true' and body #> '{data,optimization}' = 'true'
            then jsonb_build_object('best_iter', body #> '{data,iteration}') else '{}' end
          || ${differing("qaboard_config", "qatools_config", "config")}
          || ${differing("qaboard_metrics", "qatools_metrics", "qatools_metrics")} as data,
        coalesce(nullif(body -> 'command', 'null'), '{}') as commands
      from given left join commit_data on true
    ), batch as (
      insert into ${qaboardBatches} as b (ci_commit_id, label, batch_dir_override, data)
      select commit.id, ${label}, ${batchDir},
        posted.data || case when commands = '{}' then '{}' else jsonb_build_object('commands', commands) end
      from commit, posted
      on conflict (ci_commit_id, label) do update set
        batch_dir_override = excluded.batch_dir_override,
        data = b.data || (excluded.data - 'commands') || case when excluded.data ? 'commands'
          then jsonb_build_object('commands', coalesce(b.data -> 'commands', '{}') || (excluded.data -> 'commands'))
          else '{}' end
      returning b.id
    )
    select ${commitOutcome(commit)} as outcome, (select id from batch) as id`,
  );
}
