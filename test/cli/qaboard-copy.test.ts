import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cursorFile } from "../../cli/copy-cursor.ts";
import { operatorCommand } from "../support/operator-command.ts";
import { scratchDatabase } from "../support/scratch-database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const from = scratchDatabase();
const to = scratchDatabase();
const folder = temporaryFolder(afterAll);
const TIMEOUT = { timeout: 60_000 };

const copy = async (...args: string[]) => {
  const env = { DATABASE_URL: to().url, RUNLEDGER_DATA: folder };
  const { code, output } = await operatorCommand("qaboard", "copy", ["--from", from().url, ...args], env).ended;
  if (code !== 0) throw new Error(output);
  return output;
};

/** The original's tables, as far as they are read (contract section 2). */
const LAYOUT = `
  create table public.projects (id text primary key, data json not null, latest_output_datetime timestamp);
  create table public.ci_commits (id serial primary key, hexsha text not null, project_id text, data json not null, authored_datetime timestamptz,
    committer_name text, message text, branch text, parents json, commit_dir_override text, commit_type text, latest_output_datetime timestamptz, deleted bool);
  create table public.batches (id serial primary key, created_date timestamp not null, data json not null, ci_commit_id int, label text, batch_dir_override text);
  create table public.test_inputs (id serial primary key, path text not null, database text not null, data json not null);
  create table public.outputs (id serial primary key, batch_id int, created_date timestamp, deleted bool, output_dir_override text, output_type text,
    test_input_id int, platform text, configurations jsonb not null, extra_parameters jsonb not null, is_pending bool, is_running bool, is_failed bool,
    metrics json not null, data json not null);
  create table public.users (id serial primary key, created_date timestamp, user_name text, full_name text, email text, password text, is_ldap bool);
  insert into public.projects values ('a/b', '{"git": {"path_with_namespace": "a/b"}, "v": 1.0}', '2026-03-05 10:00:00.5'), ('c/d', '{}', null);
  insert into public.ci_commits (hexsha, project_id, data, authored_datetime, branch, commit_type, deleted)
    values ('aa11', 'a/b', '{"x": 2.50}', '2026-03-05 10:00:00+00', 'master', 'git', false), ('bb22', 'c/d', '{}', null, null, null, null);
  insert into public.batches (created_date, data, ci_commit_id, label) values ('2026-03-05 11:00:00', '{"type": "ci"}', 1, 'default'), ('2026-03-06', '{}', 2, null);
  insert into public.test_inputs (path, database, data) values ('a.jpg', '/data', '{"metadata": {"iso": 100}}'), ('b.jpg', '/data', '{}');
  insert into public.outputs (batch_id, created_date, deleted, output_dir_override, output_type, test_input_id, platform, configurations,
      extra_parameters, is_pending, is_running, is_failed, metrics, data)
    values (1, '2026-03-05 12:00', false, '/mnt/x/a', 'image', 1, 'linux', '["base"]', '{"g": 1.0}', false, false, false, '{"loss": 1.50, "note": "a\\u0000"}', '{"user": "ada"}'),
      (1, '2026-03-05 12:01', false, '/mnt/x/again', 'image', 1, 'linux', '["base"]', '{"g": 1}', false, false, true, '{}', '{}'),
      (1, null, null, null, null, 2, null, '[]', '{}', true, null, null, '{}', '{}');
  insert into public.users (created_date, user_name, password, is_ldap) values ('2026-01-01', 'ada', 'pbkdf2:sha256:260000$s$00', null);`;

beforeAll(async () => void (await from().pool.query(LAYOUT)));

async function outputs() {
  const { rows } = await to().pool.query(
    `select c.project_id as project, b.label, i.path, o.output_dir, o.platform, o.extra_parameters::text as parameters, o.metrics::text as metrics,
       o.is_failed, o.is_pending, o.duplicate, o.created_date::text as created
     from qaboard.outputs o join qaboard.batches b on b.id = o.batch_id join qaboard.ci_commits c on c.id = b.ci_commit_id
     join qaboard.test_inputs i on i.id = o.test_input_id order by o.output_dir`,
  );
  return rows;
}

/** The transactions that wrote the rows. */
async function marks(): Promise<unknown[]> {
  const tables = ["projects", "ci_commits", "batches", "test_inputs", "outputs", "users"];
  const one = (table: string) =>
    `select '${table}' as name, xmin::text as mark, ctid::text as place from qaboard.${table}`;
  return (await to().pool.query(`${tables.map(one).join(" union all ")} order by 1, 3`)).rows;
}

test(
  "everything is copied, under the original's names and with its numbers; twice makes no difference",
  TIMEOUT,
  async () => {
    expect(await copy("--page-size", "2")).toContain("Everything is copied.");
    const shared = { project: "a/b", label: "default" };
    const first = { ...shared, path: "a.jpg", platform: "linux", is_pending: false };
    expect(await outputs()).toEqual([
      {
        ...shared,
        path: "b.jpg",
        output_dir: "/mnt/qaboard/a/b/aa/11/output/b.jpg",
        platform: null,
        parameters: "{}",
        metrics: "{}",
        is_failed: null,
        is_pending: true,
        duplicate: 0,
        created: "2026-03-05 11:00:00",
      },
      {
        ...first,
        output_dir: "/mnt/x/a",
        parameters: '{"g": 1.0}',
        metrics: '{"loss": 1.50, "note": "a\ufffd"}',
        is_failed: false,
        duplicate: 0,
        created: "2026-03-05 12:00:00",
      },
      {
        ...first,
        output_dir: "/mnt/x/again",
        parameters: '{"g": 1}',
        metrics: "{}",
        is_failed: true,
        duplicate: 1,
        created: "2026-03-05 12:01:00",
      },
    ]);
    const { rows } = await to().pool.query(
      `select p.data::text as project, u.password, (select array[valid_outputs, pending_outputs, failed_outputs] from qaboard.batches where label = 'default' order by id limit 1) as counters
     from qaboard.projects p, qaboard.users u where p.id = 'a/b'`,
    );
    expect(rows).toEqual([
      {
        project: '{"v": 1.0, "git": {"path_with_namespace": "a/b"}}',
        password: "pbkdf2:sha256:260000$s$00",
        counters: [1, 1, 1],
      },
    ]);
    const before = await marks();
    await copy();
    expect(await marks()).toEqual(before);
  },
);

test("called again, it copies what became of outputs since", TIMEOUT, async () => {
  await from().pool.query(
    "update public.outputs set is_pending = false, is_failed = false, metrics = '{\"loss\": 3}' where id = 3",
  );
  await copy();
  expect((await outputs())[0]).toMatchObject({ is_pending: false, is_failed: false, metrics: '{"loss": 3}' });
});

test("stopped half-way, it goes on where it was; --restart begins anew", TIMEOUT, async () => {
  const cursor = JSON.stringify({ table: "outputs", after: "2" });
  writeFileSync(cursorFile(folder, "qaboard", { from: from().url, to: to().url }), cursor);
  const output = await copy();
  expect(output).toContain("outputs: 1 rows of 3");
  expect(output).not.toContain("projects:");
  writeFileSync(cursorFile(folder, "qaboard", { from: from().url, to: to().url }), cursor);
  expect(await copy("--restart")).toContain("projects: 2 rows of 2");
});

test("counters that are wrong are recounted", TIMEOUT, async () => {
  await to().pool.query("update qaboard.batches set valid_outputs = 77, failed_outputs = 0");
  const rebuild = () =>
    operatorCommand("qaboard", "rebuild", ["--json"], { DATABASE_URL: to().url, RUNLEDGER_DATA: folder }).ended;
  expect(await rebuild()).toMatchObject({ code: 0, output: expect.stringContaining('{"batches":2,"corrected":2}') });
  expect(await rebuild()).toMatchObject({ code: 0, output: expect.stringContaining('{"batches":2,"corrected":0}') });
});
