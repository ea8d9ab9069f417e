import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow, rows } from "../../client.ts";
import type { CopiedTable } from "../../render/qaboard/copied-tables.ts";

/** Where outputs of a commit are by convention, for the few that do not say it (contract section 2.2). */
const FOLDER = sql`coalesce(o.output_dir_override, b.batch_dir_override || '/' || i.path,
  '/mnt/qaboard/' || c.project_id || '/' || left(c.hexsha, 2) || '/' || substr(c.hexsha, 3, 14) || '/output/' || i.path)`;

/** Each row with what identifies it anywhere, instead of ids; a key orders the rows. */
const ROWS: Readonly<Record<CopiedTable, { from: SQL; key: SQL; row: SQL }>> = {
  projects: {
    from: sql`public.projects p`,
    key: sql`p.id`,
    row: sql`json_build_object('id', p.id, 'data', p.data, 'latest_output_datetime', p.latest_output_datetime)`,
  },
  ci_commits: {
    from: sql`public.ci_commits c`,
    key: sql`c.id`,
    row: sql`json_build_object('project_id', c.project_id, 'hexsha', c.hexsha, 'data', c.data,
      'authored_datetime', c.authored_datetime, 'committer_name', c.committer_name, 'message', c.message,
      'branch', c.branch, 'parents', c.parents, 'commit_dir_override', c.commit_dir_override,
      'commit_type', coalesce(c.commit_type, 'git'), 'latest_output_datetime', c.latest_output_datetime,
      'deleted', coalesce(c.deleted, false))`,
  },
  batches: {
    from: sql`public.batches b join public.ci_commits c on c.id = b.ci_commit_id`,
    key: sql`b.id`,
    row: sql`json_build_object('project_id', c.project_id, 'hexsha', c.hexsha, 'label', coalesce(b.label, 'default'),
      'created_date', b.created_date, 'data', b.data, 'batch_dir_override', b.batch_dir_override)`,
  },
  test_inputs: {
    from: sql`public.test_inputs i`,
    key: sql`i.id`,
    row: sql`json_build_object('database', i.database, 'path', i.path, 'data', i.data)`,
  },
  outputs: {
    from: sql`public.outputs o join public.batches b on b.id = o.batch_id join public.ci_commits c on c.id = b.ci_commit_id
      join public.test_inputs i on i.id = o.test_input_id`,
    key: sql`o.id`,
    row: sql`json_build_object('project_id', c.project_id, 'hexsha', c.hexsha, 'label', coalesce(b.label, 'default'),
      'database', i.database, 'path', i.path, 'created_date', coalesce(o.created_date, b.created_date), 'deleted', coalesce(o.deleted, false),
      'output_dir', ${FOLDER}, 'output_type', coalesce(o.output_type, ''), 'platform', o.platform,
      'configurations', o.configurations, 'extra_parameters', o.extra_parameters,
      'is_pending', coalesce(o.is_pending, false), 'is_running', coalesce(o.is_running, false), 'is_failed', o.is_failed,
      'metrics', o.metrics, 'data', o.data, 'duplicate', (
        select count(*) from public.outputs e where e.batch_id = o.batch_id and e.test_input_id = o.test_input_id
          and e.platform is not distinct from o.platform and e.configurations = o.configurations
          and e.extra_parameters = o.extra_parameters and e.id < o.id))`,
  },
  users: {
    from: sql`public.users u`,
    key: sql`u.id`,
    row: sql`json_build_object('user_name', u.user_name, 'full_name', u.full_name, 'email', u.email,
      'password', u.password, 'is_ldap', coalesce(u.is_ldap, false), 'created_date', u.created_date)`,
  },
};

const Row = z.object({ key: z.union([z.string(), z.number()]).transform(String), row: z.string() });
/** A row as JSON text, with its place in the order of its table. */
export type CopiedRow = z.infer<typeof Row>;

/** The next rows of a table of the original; `after` is the key of the last one before. */
export async function listCopiedRows(
  source: Database,
  table: CopiedTable,
  after: string | undefined,
  limit: number,
): Promise<CopiedRow[]> {
  const { from, key, row } = ROWS[table];
  const type = sql.raw(table === "projects" ? "text" : "bigint");
  const where = after === undefined ? sql`true` : sql`${key} > ${after}::${type}`;
  return await rows(
    source,
    Row,
    sql`select ${key} as key, ${row}::text as row from ${from} where ${where} order by ${key} limit ${limit}`,
  );
}

/** How many rows of a table there are to copy. */
export async function countCopiedRows(source: Database, table: CopiedTable): Promise<number> {
  const row = await onlyRow(
    source,
    z.object({ count: z.int() }),
    sql`select count(*)::integer as count from ${ROWS[table].from}`,
  );
  return row.count;
}
