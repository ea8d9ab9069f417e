import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { answerOf, ask } from "../../support/kernelci-reads.ts";
import { insertRows, ownObjects } from "../../support/kernelci-rows.ts";

const pool = testPool();
const COUNTS = { PASS: 0, ERROR: 0, FAIL: 0, SKIP: 0, MISS: 0, DONE: 0, NULL: 0 };

test("numbers and times are written to the letter", async () => {
  const { buildId, testId } = await ownObjects(pool, {
    build: { duration: 60, start_time: "2025-05-01T12:00:00.5+02:00" },
    test: { duration: 0, start_time: "2025-05-01T10:00:00.000001Z" },
  });
  await pool.query(
    `update kernelci.builds set misc = '{"n": 1.0, "big": 12345678901234567890, "é": "ü"}' where id = $1`,
    [buildId],
  );
  const build = await (await ask(`/build/${buildId}`)).text();
  expect(build).toContain('"duration":60.0,');
  expect(build).toContain('"start_time":"2025-05-01T10:00:00.500000Z"');
  expect(build).toMatch(/"n": ?1\.0/);
  expect(build).toContain("12345678901234567890");
  expect(build).toMatch(/"é": ?"ü"/);
  const tests = await (await ask(`/build/${buildId}/tests`)).text();
  expect(tests).toContain('"duration":0.0,');
  expect(tests).toContain('"start_time":"2025-05-01T10:00:00.000001Z"');
  expect(await (await ask(`/test/${testId}`)).text()).toContain('"field_timestamp":"2025-05-01T00:00:00Z"');
  await pool.query("update kernelci.builds set duration = 310.5 where id = $1", [buildId]);
  expect(await (await ask(`/build/${buildId}`)).text()).toContain('"duration":310.5,');
});

test("the fields of a build and a test stand in the documented order", async () => {
  const { origin, buildId, testId, checkoutId } = await ownObjects(pool, {
    build: { status: null },
    test: { status: null },
  });
  const build = await answerOf(`/build/${buildId}`);
  expect(Object.keys(build as object).join(" ")).toBe(
    "id origin architecture config_name misc config_url compiler status duration log_url start_time git_repository_url git_repository_branch checkout_id command comment tree_name git_commit_hash git_commit_name git_commit_tags log_excerpt input_files output_files build_origin",
  );
  expect(build).toMatchObject({
    origin,
    build_origin: origin,
    checkout_id: checkoutId,
    status: "NULL",
    tree_name: "own",
  });
  const one = await answerOf(`/test/${testId}`);
  expect(Object.keys(one as object).join(" ")).toBe(
    "field_timestamp id build_id status path log_excerpt log_url misc environment_misc start_time environment_compatible output_files input_files compiler architecture config_name git_commit_hash git_repository_branch git_repository_url git_commit_tags tree_name origin test_origin",
  );
  expect(one).toMatchObject({ build_id: buildId, status: "NULL", config_name: "defconfig", git_commit_hash: "c0ffee" });
});

test("objects without parents are shown with nulls", async () => {
  const { origin, buildId, testId } = await ownObjects(pool, {
    build: { checkout_id: "nobody:c" },
    test: { build_id: "nobody:b" },
  });
  expect(await answerOf(`/build/${buildId}`)).toMatchObject({ origin: null, tree_name: null, build_origin: origin });
  expect(await answerOf(`/test/${testId}`)).toMatchObject({ origin: null, compiler: null, test_origin: origin });
});

test("issues are counted by the object's status, of stored versions alone", async () => {
  const { origin, buildId, testId } = await ownObjects(pool, { build: { status: "FAIL" }, test: { status: null } });
  const [issue, other] = [`${origin}:i`, `${origin}:j`];
  await insertRows(pool, "issues", [
    { id: issue, version: 2, origin, comment: "broken", report_url: "https://example.org/r" },
  ]);
  const incident = { origin, issue_id: issue, issue_version: 2, present: true };
  await insertRows(pool, "incidents", [
    { ...incident, id: `${origin}:1`, build_id: buildId },
    { ...incident, id: `${origin}:2`, build_id: buildId, present: false },
    { ...incident, id: `${origin}:3`, build_id: buildId, issue_version: 1 },
    { ...incident, id: `${origin}:4`, build_id: buildId, issue_id: other },
    { ...incident, id: `${origin}:5`, test_id: testId },
  ]);
  const shown = { id: issue, version: 2, comment: "broken", report_url: "https://example.org/r" };
  expect(await answerOf(`/build/${buildId}/issues`)).toEqual([{ ...shown, incidents_info: { ...COUNTS, FAIL: 2 } }]);
  expect(await answerOf(`/test/${testId}/issues`)).toEqual([{ ...shown, incidents_info: { ...COUNTS, NULL: 1 } }]);
});

test("what is unknown is told with status 200", async () => {
  for (const [path, error] of [
    ["/build/x:nope", "Build not found"],
    ["/build/x:nope/tests", "No tests found for this build"],
    ["/build/x:nope/issues", "No issues found for this build"],
    ["/test/x:nope", "Test not found"],
    ["/test/x:nope/issues", "No issues were found for this test"],
    ["/issue/x:nope", "Issue not found"],
    ["/issue/x:nope/builds", "No builds found for this issue"],
    ["/issue/x:nope/tests", "No tests found for this issue"],
  ]) {
    const answer = await ask(path ?? "");
    expect([answer.status, await answer.json()]).toEqual([200, { error }]);
  }
});
