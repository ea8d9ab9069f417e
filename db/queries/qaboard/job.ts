import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import {
  qaboardBatches,
  qaboardCommits,
  qaboardInputs,
  qaboardOutputs,
  qaboardProjects,
  qaboardTuningJobs,
} from "../../schema/index.ts";

const Row = z.object({
  kind: z.enum(["tuning", "redo", "save-artifacts"]),
  state: z.enum(["waiting", "taken", "failed"]),
  project: z.string(),
  repository: z.string().nullable(),
  commit: z.string(),
  batch: z.string().nullable(),
  request: z.record(z.string(), z.unknown()),
  outputs: z.array(z.record(z.string(), z.unknown())),
});
/** A job as its runner gets it. */
export type Job = z.infer<typeof Row>;

/** Outputs of a job that are told at most. */
const MAX_OUTPUTS = 2_000;

/** A job with what it is about; undefined for an unknown id, or when its commit is gone. */
export async function findJob(db: Database, id: number): Promise<Job | undefined> {
  return await firstRow(
    db,
    Row,
    sql`select j.kind, j.state, c.project_id as project, p.data #>> '{git,path_with_namespace}' as repository,
        c.hexsha as commit, b.label as batch, j.request,
        (select coalesce(jsonb_agg(output), '[]') from (
          select jsonb_build_object('id', o.id, 'input_path', i.path, 'database', i.database, 'platform', o.platform,
            'configurations', o.configurations, 'extra_parameters', o.extra_parameters, 'type', o.output_type,
            'output_directory', o.output_dir) as output
          from ${qaboardOutputs} o join ${qaboardInputs} i on i.id = o.test_input_id
          where o.batch_id = j.batch_id and j.request -> 'outputs' @> to_jsonb(o.id) order by o.id limit ${MAX_OUTPUTS}) listed) as outputs
      from ${qaboardTuningJobs} j join ${qaboardCommits} c on c.id = j.ci_commit_id join ${qaboardProjects} p on p.id = c.project_id
      left join ${qaboardBatches} b on b.id = j.batch_id where j.id = ${id}`,
  );
}

const Place = z.object({ batchId: z.number(), hash: z.string(), project: z.string() });

/** Where a batch, or the batch of an output, belongs; undefined for an unknown id. */
export async function findBatchPlace(db: Database, given: { batchId?: number; outputId?: number }) {
  const { batchId, outputId } = given;
  return await firstRow(
    db,
    Place,
    sql`select b.id as "batchId", c.hexsha as hash, c.project_id as project
      from ${qaboardBatches} b join ${qaboardCommits} c on c.id = b.ci_commit_id
      where b.id = coalesce(${batchId ?? null}::int, (select batch_id from ${qaboardOutputs} where id = ${outputId ?? null}::bigint))`,
  );
}
