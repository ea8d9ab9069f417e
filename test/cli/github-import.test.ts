import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { cursorFile } from "../../cli/copy-cursor.ts";
import { startGithubRest } from "../../dev/github-rest.ts";
import { runScrape } from "../../functions/ingest/github/scrape/run-scrape.ts";
import { toolsFor, whole } from "../support/github-rest.ts";
import { type Original, startOriginal } from "../support/mysql-original.ts";
import { operatorCommand } from "../support/operator-command.ts";
import { scratchDatabase } from "../support/scratch-database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/* `MARIADBD=/usr/sbin/mariadbd npx vitest run test/cli/github-import.test.ts` runs the same against a real MariaDB. */

const to = scratchDatabase();
const folder = temporaryFolder(afterAll);
const TIMEOUT = { timeout: 120_000 };
const SEED = join(import.meta.dirname, "../conformance/recordings/github/seed/github-iree-like.rows.json.gz");
const GONE = "iree-org/gone";

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const Seed = z.record(z.string(), z.array(Row));
const seed = Seed.parse(JSON.parse(gunzipSync(readFileSync(SEED)).toString()));

let original: Original;

/** A recorded row as the original holds it: the given columns, times without a zone. */
const asOriginal = (row: z.infer<typeof Row>, names: readonly string[]) =>
  Object.fromEntries(
    names.map((name) => {
      const value = row[name] ?? null;
      const isTime = typeof value === "string" && /^\d{4}-\d\d-\d\dT.*Z$/.test(value);
      return [name, isTime ? value.replace("T", " ").replace("Z", "") : value];
    }),
  );

const RUN = [
  "gitid",
  "author",
  "createtime",
  "starttime",
  "endtime",
  "queuetime",
  "runtime",
  "status",
  "conclusion",
  "url",
];
const RUN_NAMES = [...RUN, "branchname", "commithash", "workflowname", "repo"];

async function importing(args: readonly string[] = [], from = original.url) {
  const env = { DATABASE_URL: to().url, RUNLEDGER_DATA: folder };
  return await operatorCommand("github", "import", ["--from", from, ...args], env).ended;
}

async function imported(...args: string[]): Promise<string> {
  const { code, output } = await importing(args);
  if (code !== 0) throw new Error(output);
  return output;
}

/** Every row of GitHub's tables, with the transaction that wrote it. */
async function marks(): Promise<unknown[]> {
  const tables = ["repos", "repo_names", "branches", "commits", "workflows", "attempts", "runs", "run_counts", "heads"];
  const one = (table: string) =>
    `select '${table}' as name, xmin::text as mark, ctid::text as place from github.${table}`;
  return (await to().pool.query(`${tables.map(one).join(" union all ")} order by 1, 3`)).rows;
}

const select = async (statement: string, values: unknown[] = []) => (await to().pool.query(statement, values)).rows;

beforeAll(async () => {
  original = await startOriginal(folder);
  const rest = await startGithubRest({ addresses: "recorded" });
  const [first] = rest.repositories;
  const scraped = { ...whole(first?.repo.full_name ?? ""), maxRuns: 200 };
  expect(await runScrape(scraped, toolsFor(rest, to().db))).toMatchObject({ state: "done" });
  await rest.stop();
  const of = (table: string) => (seed[table] ?? []).filter(({ repo, name }) => (repo ?? name) === "iree-org/iree-like");
  await original.add({
    repos: [{ name: "iree-org/iree-like" }, { name: GONE }],
    branches: [
      ...of("branches").map(({ name, repo }) => ({ name: name ?? null, author: "somebody else", repo: repo ?? null })),
      { name: "deleted-long-ago", author: "ann", repo: "iree-org/iree-like" },
      { name: "main", author: "ann", repo: GONE },
    ],
    commits: [
      ...of("commits").map((row) => ({
        ...asOriginal(row, ["hash", "time", "repo"]),
        message: "not what GitHub says",
      })),
      {
        hash: "0ld".padEnd(40, "0"),
        author: "Ann 量子",
        message: "Ünïcode 🎉",
        time: "2019-03-31 02:30:00",
        repo: GONE,
        forced: 1,
      },
    ],
    workflows: [
      { name: "CI", url: "https://github.com/iree-org/gone/blob/main/.github/workflows/ci.yml", repo: GONE },
      { name: "Numbered", url: "https://api.github.com/repos/iree-org/gone/actions/workflows/4242", repo: GONE },
    ],
    workflowruns: [
      ...of("workflowruns").map((row) => ({ ...asOriginal(row, RUN_NAMES), runtime: 1 })),
      {
        ...{ gitid: 77, author: "ann", createtime: "2019-03-31 02:30:00", starttime: "2019-03-31 02:30:00" },
        ...{ endtime: "2019-03-31 03:00:00", queuetime: 60, status: "completed", conclusion: "failure" },
        ...{ branchname: "main", commithash: "0ld".padEnd(40, "0"), workflowname: "CI", repo: GONE },
      },
      { gitid: 78, createtime: "2019-04-01 00:00:00", status: "in_progress", workflowname: "Nowhere", repo: GONE },
      { gitid: 79, status: "completed", repo: GONE },
      { gitid: 80, createtime: "2019-04-01 00:00:00", status: "completed", repo: "no repository" },
    ],
  });
});
afterAll(async () => await original.stop());

test("what GitHub no longer has is stored, and nothing that is known changes", TIMEOUT, async () => {
  const known = await select("select row_to_json(u)::text as row from github.runs u order by run_id");
  expect(known).toHaveLength(200);
  const commits = await select("select row_to_json(c)::text as row from github.commits c order by sha");
  const branches = await select("select row_to_json(b)::text as row from github.branches b order by name");
  const output = await imported("--page-size", "97");
  expect(output).toContain(`${GONE} is not known here`);
  expect(output).toMatch(/workflowruns: \d+ rows of \d+/);
  expect(output).toContain("2 rows could not be read");
  for (const [before, table, key] of [
    [known, "runs", "run_id"],
    [commits, "commits", "sha"],
    [branches, "branches", "name"],
  ] as const)
    expect(await select(`select row_to_json(t)::text as row from github.${table} t order by ${key}`)).toEqual(
      expect.arrayContaining(before),
    );
});

test("an older run has its recorded times, workflow and counts", async () => {
  const wanted = (seed.workflowruns ?? []).filter(({ repo }) => repo === "iree-org/iree-like");
  const columns = "gitid, author, status, conclusion, createtime::text, url, branchname, commithash, workflowname";
  const rows = await select(`select ${columns} from workflowruns where repo = 'iree-org/iree-like' order by gitid`);
  expect(rows.length).toBeGreaterThan(550);
  expect(wanted.map(({ gitid }) => String(gitid))).toEqual(rows.map(({ gitid }) => String(gitid)));
  const [row] = rows;
  expect(row).toMatchObject(
    asOriginal(wanted[0] ?? {}, ["author", "status", "conclusion", "createtime", "url", "commithash"]),
  );
  const counts = await select(
    `select c.total::int, (select count(*)::int from github.runs u where u.repo_id = c.repo_id) as counted
     from github.run_counts c where c.dimension = 'all'`,
  );
  for (const { total, counted } of counts) expect(total).toBe(counted);
  const named = "select count(*)::int as n from github.runs where workflow_id is null";
  expect(await select(named)).toEqual([{ n: 0 }]);
});

test("a deleted repository is there with its runs, its wait for a runner, workflows and commits", async () => {
  const runs = await select(
    "select gitid::int, status, conclusion, queuetime::int, runtime, workflowname, createtime::text from workflowruns where repo = $1 order by gitid",
    [GONE],
  );
  expect(runs).toEqual([
    {
      ...{ gitid: 77, status: "completed", conclusion: "failure", queuetime: 60, runtime: 1_740 },
      ...{ workflowname: "CI", createtime: "2019-03-31 02:30:00" },
    },
    {
      ...{ gitid: 78, status: "in_progress", conclusion: null, queuetime: 0, runtime: null },
      ...{ workflowname: "Nowhere", createtime: "2019-04-01 00:00:00" },
    },
  ]);
  const workflows = await select("select name, path, state from workflows where repo = $1 order by name", [GONE]);
  expect(workflows).toEqual([
    { name: "CI", path: ".github/workflows/ci.yml", state: "deleted" },
    { name: "Nowhere", path: null, state: "deleted" },
    { name: "Numbered", path: null, state: "deleted" },
  ]);
  const commit = await select("select author, message, time::text, forced from commits where repo = $1", [GONE]);
  expect(commit).toEqual([{ author: "Ann 量子", message: "Ünïcode 🎉", time: "2019-03-31 02:30:00", forced: true }]);
});

test("branches that a scraped repository does not have were deleted; those of a deleted repository are not", async () => {
  const rows = await select("select name, author, deleted, repo from branches where author = 'ann' order by name");
  expect(rows).toEqual([
    { name: "deleted-long-ago", author: "ann", deleted: true, repo: "iree-org/iree-like" },
    { name: "main", author: "ann", deleted: false, repo: GONE },
  ]);
});

test("imported twice, nothing is written; what the original has by then is added", TIMEOUT, async () => {
  const before = await marks();
  await imported();
  expect(await marks()).toEqual(before);
  const run = { gitid: 81, createtime: "2019-05-01 00:00:00", status: "completed", conclusion: "success", repo: GONE };
  await original.add({ workflowruns: [run] });
  await imported();
  expect(await select("select gitid::int from workflowruns where gitid = 81")).toEqual([{ gitid: 81 }]);
});

test("stopped half-way, the same command goes on where it was; --restart begins anew", TIMEOUT, async () => {
  const cursor = cursorFile(folder, "github", { from: original.url, to: to().url });
  const run = { gitid: 82, createtime: "2019-05-02 00:00:00", status: "completed", conclusion: "success", repo: GONE };
  await original.add({ workflowruns: [run] });
  const rows = (await select("select count(*)::int as n from workflowruns"))[0]?.n;
  writeFileSync(cursor, JSON.stringify({ table: "workflowruns", after: String(rows) }));
  const output = await imported();
  expect(output).toContain(`Going on with workflowruns beyond Id ${rows}`);
  expect(output).not.toContain("commits:");
  expect(await select("select gitid::int from workflowruns where gitid = 82")).toEqual([{ gitid: 82 }]);
  expect(existsSync(cursor)).toBe(false);
  writeFileSync(cursor, JSON.stringify({ table: "workflowruns", after: "999999" }));
  expect(await imported("--restart")).toContain("commits:");
  writeFileSync(cursor, "{}");
  expect(await importing()).toMatchObject({ code: 1, output: expect.stringContaining("says nothing of a copy") });
  rmSync(cursor);
});

test("names and texts that look like SQL are data, and ids that are none cost their rows alone", TIMEOUT, async () => {
  const nasty = "x'); drop table github.runs; --";
  const row = { createtime: "2019-05-03 00:00:00", status: "completed", conclusion: nasty, repo: GONE };
  await original.add({
    branches: [{ name: nasty, author: nasty, repo: GONE }],
    workflowruns: [
      { ...row, gitid: 83, branchname: nasty, workflowname: nasty, author: nasty },
      { ...row, gitid: -1 },
      { ...row, gitid: "9223372036854775807" },
    ],
  });
  expect(await imported()).toContain("4 rows could not be read");
  const stored = await select("select branchname, workflowname, author, conclusion from workflowruns where gitid = 83");
  expect(stored).toEqual([{ branchname: nasty, workflowname: nasty, author: nasty, conclusion: nasty }]);
});

test("what GitHub tells later goes before what was imported", TIMEOUT, async () => {
  const rest = await startGithubRest({ addresses: "recorded" });
  const all = whole(rest.repositories[0]?.repo.full_name ?? "");
  expect(await runScrape(all, toolsFor(rest, to().db))).toMatchObject({ state: "done" });
  await rest.stop();
  const rows = await select(
    "select gitid::text, conclusion, runtime, queuetime::int, os from workflowruns where repo = 'iree-org/iree-like' order by gitid",
  );
  const wanted = (seed.workflowruns ?? []).filter(({ repo }) => repo === "iree-org/iree-like");
  expect(rows).toEqual(
    wanted.map(({ gitid, conclusion, runtime, queuetime, os }) => ({
      gitid: String(gitid),
      conclusion,
      runtime,
      queuetime,
      os,
    })),
  );
});

test("an address that is not MySQL's is refused before anything is asked", TIMEOUT, async () => {
  for (const from of ["postgres://a@b/c", "mysql://127.0.0.1", "file:///etc/passwd"])
    expect(await importing([], from)).toMatchObject({
      code: 2,
      output: expect.stringContaining("--from must be a mysql://"),
    });
});

test("an original that is away ends the import with its reason, and no password is shown", TIMEOUT, async () => {
  const { code, output } = await importing([], "mysql://root:secretpassword@127.0.0.1:9/original");
  expect(code).toBe(1);
  expect(output).toMatch(/ECONNREFUSED|connect/);
  expect(output).not.toContain("secretpassword");
});
