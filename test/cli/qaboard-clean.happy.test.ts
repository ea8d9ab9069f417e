import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { startGitHost } from "../../dev/git-host.ts";
import { operatorCommand } from "../support/operator-command.ts";
import { scratchDatabase } from "../support/scratch-database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const FIXTURE = join(import.meta.dirname, "../conformance/recordings/qaboard/seed/git-fixture.json");
const TIMEOUT = { timeout: 60_000 };
/** Tips of master and of the tag light-tag, and a commit of feature/x, in the fixture. */
const MASTER = "51ff37c77fc9324519a8c8610385ad1708fdf509";
const TAGGED = "f33fc426bac1c514eeb013bbbc65749203839edc";
const FEATURE = "2ee4cf38942562e26a1da7fe8efee80063c260dc";

const scratch = scratchDatabase();
const host = await startGitHost({ fixture: FIXTURE, repository: "qa/demo" });
afterAll(() => host.stop());

let root = "";
beforeEach(async () => {
  root = temporaryFolder();
  await scratch().pool.query("truncate qaboard.projects, qaboard.test_inputs cascade");
  await scratch().pool.query("insert into qaboard.test_inputs (id, path, database) values (1, 'a.jpg', '/data')");
});

const clean = async (...args: string[]) =>
  await operatorCommand("qaboard", "clean", args, {
    DATABASE_URL: scratch().url,
    QABOARD_GIT_URL: host.url,
    QABOARD_FILES: root,
  }).ended;

async function makeProject(id: string, garbage: unknown, more: object = {}) {
  const data = {
    git: { path_with_namespace: "qa/demo" },
    qatools_config: {
      project: { name: id, reference_branch: "master", milestones: ["light-tag"] },
      storage: { artifacts: root, outputs: root, garbage },
    },
    ...more,
  };
  await scratch().pool.query("insert into qaboard.projects (id, data) values ($1, $2)", [id, data]);
}

type Made = { branch?: string; age?: string; outputs?: number };

/** A commit with outputs and an artifact, all of which have files. */
async function makeCommit(project: string, hash: string, { branch = "feature/x", age = "40 days", outputs = 1 }: Made) {
  const { pool } = scratch();
  const { rows } = await pool.query(
    `insert into qaboard.ci_commits (hexsha, project_id, branch, commit_dir_override, latest_output_datetime)
     values ($1, $2, $3, $4, now() - $5::interval) returning id`,
    [hash, project, branch, join(root, hash), age],
  );
  const { rows: batches } = await pool.query("insert into qaboard.batches (ci_commit_id) values ($1) returning id", [
    rows[0].id,
  ]);
  const folders = Array.from({ length: outputs }, (_, at) => join(root, hash, `output/${at}`));
  for (const [at, folder] of folders.entries()) {
    await pool.query(
      `insert into qaboard.outputs (batch_id, output_dir, test_input_id, extra_parameters, metrics)
       values ($1, $2, 1, jsonb_build_object('at', $3::int), '{"loss": 1.50}')`,
      [batches[0].id, folder, at],
    );
    write(join(folder, "out.txt"), "x");
    write(join(folder, "unlisted.txt"), "x");
    write(join(folder, "manifest.outputs.json"), JSON.stringify({ "out.txt": {}, "manifest.outputs.json": {} }));
  }
  for (const artifact of ["binary", "sources"]) {
    write(join(root, hash, `bin/${artifact}.so`), "x");
    write(join(root, hash, `manifests/${artifact}.json`), JSON.stringify({ [`bin/${artifact}.so`]: {} }));
  }
}

function write(file: string, text: string): void {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

const has = (hash: string, path: string) => existsSync(join(root, hash, path));
const deletedOf = async (hash: string) => {
  const { rows } = await scratch().pool.query(
    `select c.deleted, b.deleted_outputs, (select array_agg(o.metrics ->> 'loss') from qaboard.outputs o where o.batch_id = b.id) as losses
     from qaboard.ci_commits c join qaboard.batches b on b.ci_commit_id = c.id where c.hexsha = $1`,
    [hash],
  );
  return rows[0];
};

test("a dry run says what would go, and changes nothing", TIMEOUT, async () => {
  await makeProject("qa/demo", {});
  await makeCommit("qa/demo", FEATURE, { outputs: 2 });
  const { code, output } = await clean("--dry-run");
  expect(output).toContain(`qa/demo ${FEATURE}: files of 2 outputs\n`);
  expect(output).toContain("The files of 2 outputs of 1 commits would be deleted; 0 projects are left alone.");
  expect(code).toBe(0);
  expect(has(FEATURE, "output/0/out.txt")).toBe(true);
  expect(await deletedOf(FEATURE)).toMatchObject({ deleted_outputs: 0 });
});

test(
  "files that manifests name go; manifests, other files, rows and metrics stay; a repeat finds nothing",
  TIMEOUT,
  async () => {
    await makeProject("qa/demo", { after: "1month" });
    await makeCommit("qa/demo", FEATURE, { outputs: 20 });
    expect((await clean()).output).toContain("The files of 20 outputs of 1 commits are deleted");
    expect(has(FEATURE, "output/19/out.txt")).toBe(false);
    expect(has(FEATURE, "output/19/unlisted.txt")).toBe(true);
    expect(has(FEATURE, "output/19/manifest.outputs.json")).toBe(true);
    expect(has(FEATURE, "bin/binary.so")).toBe(true);
    expect(await deletedOf(FEATURE)).toEqual({ deleted: false, deleted_outputs: 20, losses: Array(20).fill("1.50") });
    expect((await clean("--dry-run")).output).toContain("The files of 0 outputs of 0 commits");
  },
);

test("milestones, their branches and what is young enough stay", TIMEOUT, async () => {
  await makeProject("qa/demo", {}, { milestones: { mine: { commit: "c".repeat(40) } } });
  const kept: [string, Made][] = [
    [MASTER, {}],
    [TAGGED, {}],
    ["c".repeat(40), {}],
    ["d".repeat(40), { branch: "origin/master" }],
    ["e".repeat(40), { branch: "light-tag" }],
    ["f".repeat(40), { age: "30 days" }],
  ];
  for (const [hash, made] of kept) await makeCommit("qa/demo", hash, made);
  expect((await clean()).output).toContain("The files of 0 outputs of 0 commits are deleted");
  for (const [hash] of kept) expect([hash, has(hash, "output/0/out.txt")]).toEqual([hash, true]);
});

test("the reference branch is cleaned where the project says so, its tip is not", TIMEOUT, async () => {
  await makeProject("qa/demo", { can_delete_reference_branch: true });
  await makeCommit("qa/demo", MASTER, { branch: "master" });
  await makeCommit("qa/demo", "d".repeat(40), { branch: "master" });
  expect((await clean()).output).toContain("The files of 1 outputs of 1 commits are deleted");
  expect(has(MASTER, "output/0/out.txt")).toBe(true);
});

test(
  "artifacts go where the project says so, but those it keeps; a commit without outputs goes altogether",
  TIMEOUT,
  async () => {
    await makeProject("qa/demo", { after: "2weeks 1d", artifacts: { delete: true, keep: ["binary"] } });
    await makeCommit("qa/demo", FEATURE, { age: "16 days" });
    await makeCommit("qa/demo", "d".repeat(40), { age: "16 days", outputs: 0 });
    await clean();
    expect([has(FEATURE, "bin/binary.so"), has(FEATURE, "bin/sources.so")]).toEqual([true, false]);
    expect(await deletedOf(FEATURE)).toMatchObject({ deleted: true, deleted_outputs: 1 });
    expect(has("d".repeat(40), "bin/sources.so")).toBe(false);
    expect(await deletedOf("d".repeat(40))).toBeUndefined();
  },
);

test.each([
  ["qa/elsewhere", {}, "the Git host does not show master of qa/elsewhere"],
  ["qa/demo", { after: "soon" }, "its storage.garbage cannot be read"],
  ["qa/demo", { artifacts: { delete: "yes" } }, "its storage.garbage cannot be read"],
])("the project %s with %j is left alone: %s", TIMEOUT, async (id, garbage, reason) => {
  await makeProject(id, garbage, id === "qa/demo" ? {} : { git: {} });
  await makeCommit(id, FEATURE, {});
  const { output } = await clean();
  expect(output).toContain(`${id} is left alone: ${reason}.`);
  expect(has(FEATURE, "output/0/out.txt")).toBe(true);
});

test("without a Git host nothing is cleaned", TIMEOUT, async () => {
  const { code, output } = await operatorCommand("qaboard", "clean", [], { DATABASE_URL: scratch().url }).ended;
  expect(output).toContain("Set QABOARD_GIT_URL");
  expect(code).toBe(2);
});
