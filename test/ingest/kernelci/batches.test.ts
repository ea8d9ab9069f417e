import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { kernelciFunction } from "../../support/kernelci-function.ts";
import { freshId, oneCheckout } from "../../support/kernelci-submissions.ts";

const pool = testPool();
const VERSION = { major: 5, minor: 3 };
const build = (id: string, checkout: string, change: Record<string, unknown> = {}) => ({
  id,
  origin: "tests",
  checkout_id: checkout,
  ...change,
});
const buildOf = async (id: string) => (await pool.query("select * from kernelci.builds where id = $1", [id])).rows[0];

test("of what one batch says twice the first value wins, and gaps are filled", async () => {
  const [id, checkout] = [freshId(), freshId()];
  const take = await kernelciFunction();
  const failed = await take([
    { version: VERSION, builds: [build(id, checkout, { status: "PASS", misc: { lab: "a", x: 1 } })] },
    { version: VERSION, builds: [build(id, checkout, { status: "FAIL", compiler: "gcc", misc: { lab: "b" } })] },
    { version: VERSION, builds: [build(id, "tests:elsewhere", { compiler: "clang", comment: "late", duration: 0 })] },
  ]);
  expect(failed).toEqual([]);
  expect(await buildOf(id)).toMatchObject({
    checkout_id: checkout,
    status: "PASS",
    compiler: "gcc",
    comment: "late",
    duration: 0,
    misc: { lab: "a", x: 1 },
  });
});

test("an id twice in one submission is one object", async () => {
  const [id, checkout] = [freshId(), freshId()];
  const take = await kernelciFunction();
  const builds = [build(id, checkout, { status: "SKIP" }), build(id, checkout, { status: "DONE", command: "make" })];
  expect(await take([{ version: VERSION, builds }])).toEqual([]);
  expect(await buildOf(id)).toMatchObject({ status: "SKIP", command: "make" });
});

test("a later batch fills gaps and stamps, and changes nothing else", async () => {
  const [id, checkout] = [freshId(), freshId()];
  const take = await kernelciFunction();
  await take([{ version: VERSION, builds: [build(id, checkout, { status: "PASS" })] }]);
  const before = await buildOf(id);
  await take([
    { version: VERSION, builds: [{ ...build(id, "tests:other"), origin: "other", status: "FAIL", config_name: "c" }] },
  ]);
  const after = await buildOf(id);
  expect(after).toMatchObject({ origin: "tests", checkout_id: checkout, status: "PASS", config_name: "c" });
  expect(after._timestamp > before._timestamp).toBe(true);
});

test("of an issue only the first version exists; a later one fills its gaps", async () => {
  const id = freshId();
  const take = await kernelciFunction();
  const issue = { id, origin: "tests", version: 2, report_subject: "first" };
  await take([{ version: VERSION, issues: [issue] }]);
  await take([{ version: VERSION, issues: [{ ...issue, version: 3, report_subject: "second", comment: "filled" }] }]);
  const { rows } = await pool.query("select version, report_subject, comment from kernelci.issues where id = $1", [id]);
  expect(rows).toEqual([{ version: 2, report_subject: "first", comment: "filled" }]);
});

test("one that the database refuses costs only itself", async () => {
  const [good, bad] = [freshId(), freshId()];
  const take = await kernelciFunction();
  const tooLong = Array.from({ length: 20_000 }, (_, i) => String.fromCharCode(0x4e00 + ((i * 7_919) % 20_000))).join(
    "",
  );
  expect(await take([oneCheckout(bad, { git_commit_name: tooLong }), oneCheckout(good)])).toEqual([]);
  const { rows } = await pool.query("select id from kernelci.checkouts where id = any($1)", [[good, bad]]);
  expect(rows).toEqual([{ id: good }]);
});

test("more rows than one statement carries are stored together, and once more without harm", async () => {
  const [id, checkout] = [freshId(), freshId()];
  const take = await kernelciFunction();
  const tests = Array.from({ length: 5_000 }, (_, i) => ({
    id: `${id}-${i}`,
    origin: "tests",
    build_id: id,
    status: "PASS",
  }));
  const submission = { ...oneCheckout(checkout), builds: [build(id, checkout)], tests };
  expect(await take([submission])).toEqual([]);
  expect(await take([submission])).toEqual([]);
  const { rows } = await pool.query("select count(*)::int as n from kernelci.tests where build_id = $1", [id]);
  expect(rows).toEqual([{ n: 5_000 }]);
});

test("a checkout of a repository in the operator's map gets its tree name", async () => {
  const [named, other] = [freshId(), freshId()];
  const url = `https://git.example/${named}`;
  await pool.query("insert into kernelci.tree_names (git_repository_url, tree_name) values ($1, 'mapped')", [url]);
  const take = await kernelciFunction();
  await take([
    oneCheckout(named, { git_repository_url: url, tree_name: "sent" }),
    oneCheckout(other, { git_repository_url: `${url}/other`, tree_name: "sent" }),
  ]);
  const { rows } = await pool.query(
    "select c.id, c.tree_name, l.tree_name as listed from kernelci.checkouts c join kernelci.tree_listing l on l.checkout_id = c.id where c.id = any($1) order by 2",
    [[named, other]],
  );
  expect(rows).toEqual([
    { id: named, tree_name: "mapped", listed: "mapped" },
    { id: other, tree_name: "sent", listed: "sent" },
  ]);
});
