import type { Client } from "pg";

/** What stands in a store: a window of recent commits, one large commit, and older commits of so many outputs. */
export const PROJECT = "bench/project";
export const LARGE = "f".repeat(40);
const COMMITS = 61;
const OUTPUTS = 3_200;
const LARGE_OUTPUTS = 2_000;
const METRICS = 20;

/**
 * Fills an empty store: 61 commits of the last four days with 3,200 outputs of 20 metrics, a commit of another project with
 * 2,000, and older commits of the project with `outside` outputs.
 */
export async function seedOutputs(client: Client, outside: number): Promise<void> {
  await client.query(
    `insert into qaboard.projects (id, data)
     select id, jsonb_build_object('git', jsonb_build_object('path_with_namespace', id),
       'qatools_config', jsonb_build_object('project', jsonb_build_object('name', id), 'storage', '/mnt/qaboard'))
     from unnest(array[$1, $1 || '/large']) as p (id)`,
    [PROJECT],
  );
  await client.query(
    "insert into qaboard.test_inputs (database, path) select '/data', n || '.jpg' from generate_series(1, 2000) n",
  );
  await seedCommits(client, { project: PROJECT, commits: COMMITS, outputs: OUTPUTS, first: 0 });
  const old = Math.ceil(outside / 1_000);
  if (outside > 0) await seedCommits(client, { project: PROJECT, commits: old, outputs: outside, first: 10 });
  await seedCommits(client, { project: `${PROJECT}/large`, commits: 1, outputs: LARGE_OUTPUTS, first: 0, hash: LARGE });
  await client.query("vacuum analyze");
}

type Amounts = { project: string; commits: number; outputs: number; first: number; hash?: string };

/** Commits from so many days ago backwards, an hour and a half apart, with a batch each. */
async function seedCommits(client: Client, { project, commits, outputs, first, hash }: Amounts): Promise<void> {
  const { rows } = await client.query<{ id: number }>(
    `insert into qaboard.ci_commits (hexsha, project_id, authored_datetime, committer_name, message, branch, data)
     select coalesce($4, md5(random()::text) || '00000000'), $1, now() - make_interval(days => $3, mins => n * 90), 'Ada', 'A message',
       'master', jsonb_build_object('qatools_config', jsonb_build_object('text', repeat('configuration ', 200)))
     from generate_series(1, $2::int) n returning id`,
    [project, commits, first, hash ?? null],
  );
  await client.query(
    `with b as (
       insert into qaboard.batches (ci_commit_id, data) select unnest($1::int[]), '{"type": "ci"}' returning id
     ), numbered as (select id, row_number() over () - 1 as turn from b)
     insert into qaboard.outputs (batch_id, test_input_id, platform, output_dir, output_type, data, metrics)
     select numbered.id, 1 + n / $3::int, 'linux', '/mnt/qaboard/bench/' || n, 'image', '{"user": "ada", "ci": true}',
       (select jsonb_object_agg('metric_' || m, n * m / 7.0) from generate_series(1, $4::int) m)
     from generate_series(0, $2::int - 1) n join numbered on numbered.turn = n % $3::int`,
    [rows.map(({ id }) => id), outputs, commits, METRICS],
  );
}
