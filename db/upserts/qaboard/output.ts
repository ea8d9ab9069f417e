import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";
import { OUTPUT } from "../../render/qaboard/objects.ts";
import { qaboardBatches, qaboardInputs, qaboardOutputs } from "../../schema/index.ts";
import { CommitOutcome, type CommitSource, commitOutcome, findOrMakeCommit } from "./commit-source.ts";

/** One post of a result; `text` is its body, whose `metrics`, `data`, `extra_parameters` and `input_metadata` are kept. */
export type PostedOutput = {
  text: string;
  commit: CommitSource;
  /** Folder of the commit's artifacts; null clears it. */
  commitDirOverride: string | null;
  input: { database: string; path: string };
  batchLabel: string;
  jobType: string | null;
  platform: string | null;
  /** JSON text of the list; null when it stands in the body. */
  configurations: string | null;
  user: string | null;
  outputDir: string;
  outputType: string;
  isPending: boolean;
  isRunning: boolean;
  /** What a finished run says of its failure; null: nothing. */
  isFailed: boolean | null;
};

const Stored = z.union([
  z.object({ outcome: z.literal("stored"), json: z.string() }),
  z.object({ outcome: CommitOutcome.exclude(["stored"]) }),
]);
/** The output as JSON text, or why its commit is none. */
export type StoredOutput = z.infer<typeof Stored>;

/**
 * Stores a result with everything it belongs to, in one statement: project, commit, batch, input, output (contract section
 * 4.1). Rows that are there already are only read, so no ids are used up; of several posts at once, the first makes them
 * and the others wait for it. A pending result keeps the metrics and the failure it had; the batch takes the type of the
 * job while it has no data.
 */
export async function storeOutput(db: Database, posted: PostedOutput): Promise<StoredOutput> {
  const { text, commit, commitDirOverride, input, batchLabel, jobType, platform, configurations } = posted;
  const { user, outputDir, outputType, isPending, isRunning, isFailed } = posted;
  return await onlyRow(
    db,
    Stored,
    sql`
    with ${findOrMakeCommit(text, commit, { does: "touch", commitDirOverride })},
    batch_found as (
      select b.id, b.data = '{}' as is_bare from ${qaboardBatches} b join commit on b.ci_commit_id = commit.id where b.label = ${batchLabel}
    ), batch_made as (
      insert into ${qaboardBatches} as b (ci_commit_id, label, data)
      select commit.id, ${batchLabel}, jsonb_build_object('type', ${jobType}::text)
      from commit where not exists (select from batch_found)
      on conflict (ci_commit_id, label) do update set data = case b.data when '{}' then excluded.data else b.data end
      returning b.id
    ), batch as (select id from batch_made union all select id from batch_found),
    input_found as (
      select i.id, i.database, i.path, i.data from ${qaboardInputs} i, batch
      where i.database = ${input.database} and i.path = ${input.path}
    ), metadata as materialized (
      select jsonb_build_object('metadata', body -> 'input_metadata') as data from given
      where coalesce(body -> 'input_metadata', 'null') not in ('null', 'false', '0', '""', '[]', '{}')
    ), input_made as (
      insert into ${qaboardInputs} as i (database, path, data)
      select ${input.database}, ${input.path}, coalesce((select data from metadata), '{}')
      from batch where not exists (select from input_found)
      on conflict (database, path) do update set data = i.data || excluded.data
      returning i.id, i.database, i.path, i.data
    ), input_described as (
      update ${qaboardInputs} i set data = i.data || metadata.data from input_found, metadata
      where i.id = input_found.id and (i.data -> 'metadata') is distinct from (metadata.data -> 'metadata')
      returning i.id, i.database, i.path, i.data
    ), input as (
      select * from input_made union all select * from input_described
      union all select * from input_found where not exists (select from input_described)
    ), output as (
      insert into ${qaboardOutputs} as o (batch_id, test_input_id, platform, configurations, extra_parameters, output_dir,
        output_type, data, is_pending, is_running, is_failed, metrics)
      select batch.id, input.id, ${platform}, coalesce(${configurations}::jsonb, body -> 'configurations'), body -> 'extra_parameters', ${outputDir},
        ${outputType},
        coalesce(nullif(body -> 'data', 'null'), '{}')
          || jsonb_build_object('user', ${user}::text, 'ci', ${jobType === "ci"}::boolean),
        ${isPending}, ${isRunning}, coalesce(${isPending ? null : isFailed}::boolean, false),
        case when ${isPending} then '{}' else coalesce(nullif(body -> 'metrics', 'null'), '{}') end
      from batch, input, given
      on conflict (batch_id, test_input_id, platform, identity, duplicate) do update set
        deleted = false, output_dir = excluded.output_dir, output_type = excluded.output_type, data = excluded.data,
        is_pending = excluded.is_pending, is_running = excluded.is_running,
        is_failed = case when ${isPending} then o.is_failed else ${isFailed}::boolean end,
        metrics = case when ${isPending} then o.metrics else excluded.metrics end
      returning o.*
    ), batch_typed as (
      update ${qaboardBatches} b set data = jsonb_build_object('type', ${jobType}::text)
      from batch_found, output where b.id = batch_found.id and is_bare and b.data = '{}'
    )
    select ${commitOutcome(commit)} as outcome, (select ${OUTPUT}::text from output o, input i) as json`,
  );
}
