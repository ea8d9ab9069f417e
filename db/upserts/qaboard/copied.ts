import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import type { CopiedTable } from "../../render/qaboard/copied-tables.ts";
import {
  qaboardBatches,
  qaboardCommits,
  qaboardInputs,
  qaboardOutputs,
  qaboardProjects,
  qaboardUsers,
} from "../../schema/index.ts";

/** `name = excluded.name, …`, and the condition that one of them differs from what is there (`t`). */
function renewed(names: readonly string[]): SQL {
  const list = (prefix: string) => names.map((name) => `${prefix}.${name}`).join(", ");
  return sql.raw(
    `do update set ${names.map((name) => `${name} = excluded.${name}`).join(", ")}
     where (${list("t")}) is distinct from (${list("excluded")})`,
  );
}

const COMMIT = [
  "data",
  "authored_datetime",
  "committer_name",
  "message",
  "branch",
  "parents",
  "commit_dir_override",
  "commit_type",
  "latest_output_datetime",
  "deleted",
];
const OUTPUT = [
  "created_date",
  "deleted",
  "output_dir",
  "output_type",
  "is_pending",
  "is_running",
  "is_failed",
  "metrics",
  "data",
];

/** The rows of a list as a table of the source's members. */
const given = (rows: string, columns: string) => sql`jsonb_to_recordset(${rows}::jsonb) as g (${sql.raw(columns)})`;
const COMMIT_KEY = "project_id text, hexsha text";

const STATEMENTS: Readonly<Record<CopiedTable, (rows: string) => SQL>> = {
  projects: (rows) => sql`insert into ${qaboardProjects} as t (id, data, latest_output_datetime)
    select g.id, g.data, g.latest_output_datetime from ${given(rows, "id text, data jsonb, latest_output_datetime timestamp")}
    on conflict (id) ${renewed(["data", "latest_output_datetime"])}`,
  ci_commits: (rows) => sql`insert into ${qaboardCommits} as t (project_id, hexsha, ${sql.raw(COMMIT.join(", "))})
    select g.project_id, g.hexsha, ${sql.raw(COMMIT.map((name) => `g.${name}`).join(", "))}
    from ${given(rows, `${COMMIT_KEY}, data jsonb, authored_datetime timestamptz, committer_name text, message text, branch text, parents jsonb, commit_dir_override text, commit_type text, latest_output_datetime timestamptz, deleted boolean`)}
    on conflict (project_id, hexsha) ${renewed(COMMIT)}`,
  batches: (
    rows,
  ) => sql`insert into ${qaboardBatches} as t (ci_commit_id, label, created_date, data, batch_dir_override)
    select c.id, g.label, g.created_date, g.data, g.batch_dir_override
    from ${given(rows, `${COMMIT_KEY}, label text, created_date timestamp, data jsonb, batch_dir_override text`)}
    join ${qaboardCommits} c on (c.project_id, c.hexsha) = (g.project_id, g.hexsha)
    on conflict (ci_commit_id, label) ${renewed(["created_date", "data", "batch_dir_override"])}`,
  test_inputs: (rows) => sql`insert into ${qaboardInputs} as t (database, path, data)
    select g.database, g.path, g.data from ${given(rows, "database text, path text, data jsonb")}
    on conflict (database, path) ${renewed(["data"])}`,
  outputs: (rows) => sql`insert into ${qaboardOutputs} as t (batch_id, test_input_id, platform, configurations,
      extra_parameters, duplicate, ${sql.raw(OUTPUT.join(", "))})
    select b.id, i.id, g.platform, g.configurations, g.extra_parameters, g.duplicate, ${sql.raw(OUTPUT.map((name) => `g.${name}`).join(", "))}
    from ${given(rows, `${COMMIT_KEY}, label text, database text, path text, created_date timestamp, deleted boolean, output_dir text, output_type text, platform text, configurations jsonb, extra_parameters jsonb, is_pending boolean, is_running boolean, is_failed boolean, metrics jsonb, data jsonb, duplicate integer`)}
    join ${qaboardCommits} c on (c.project_id, c.hexsha) = (g.project_id, g.hexsha)
    join ${qaboardBatches} b on (b.ci_commit_id, b.label) = (c.id, g.label)
    join ${qaboardInputs} i on (i.database, i.path) = (g.database, g.path)
    on conflict (batch_id, test_input_id, platform, identity, duplicate) ${renewed(OUTPUT)}`,
  users: (rows) => sql`insert into ${qaboardUsers} (user_name, full_name, email, password, is_ldap, created_date)
    select g.user_name, g.full_name, g.email, g.password, g.is_ldap, g.created_date
    from ${given(rows, "user_name text, full_name text, email text, password text, is_ldap boolean, created_date timestamp")}
    on conflict do nothing`,
};

/**
 * Stores rows of a table of the original, each as JSON text. Where a row is there already the original's values win; users
 * that are there stay as they are. The same rows again change nothing.
 */
export async function storeCopiedRows(db: Database, table: CopiedTable, rows: readonly string[]): Promise<void> {
  await db.execute(STATEMENTS[table](`[${rows.join(",")}]`));
}
