import { expect, test } from "vitest";
import * as z from "zod";
import { testPool } from "../../support/database.ts";
import { answerOf } from "../../support/kernelci-reads.ts";
import { insertRows, ownObjects } from "../../support/kernelci-rows.ts";

const pool = testPool();
const History = z.object({
  status_history: z.array(z.object({ start_time: z.string().nullable(), id: z.string(), status: z.string() })),
  regression_type: z.string(),
});

/** Runs of one test, newest first, a minute apart. */
async function runsOf(statuses: readonly (string | null)[], change: Record<string, unknown> = {}) {
  const { origin, buildId } = await ownObjects(pool);
  const rows = statuses.map((status, at) => ({
    id: `${origin}:run${at}`,
    origin,
    build_id: buildId,
    path: "suite.case",
    status,
    start_time: new Date(Date.UTC(2025, 4, 2, 10, 59 - at)).toISOString(),
    _timestamp: new Date(Date.UTC(2025, 4, 3, 10, 59 - at)).toISOString(),
    ...change,
  }));
  if (rows.length > 0) await insertRows(pool, "tests", rows);
  const asked = {
    path: "suite.case",
    origin,
    git_repository_url: `https://example.org/${origin}.git`,
    git_repository_branch: "main",
    config_name: "defconfig",
  };
  return async (query: Record<string, string>) =>
    await answerOf(
      `/test/status-history?${new URLSearchParams({ ...asked, current_test_start_time: "2025-05-02T10:59:00Z", ...query })}`,
    );
}

const names = (answer: unknown) => History.parse(answer).status_history.map(({ id }) => id.split(":")[1]);

test.each([
  ["pass", ["PASS", "PASS"]],
  ["pass", ["PASS"]],
  ["fail", ["FAIL", "FAIL", "FAIL"]],
  ["fixed", ["PASS", "FAIL", "FAIL"]],
  ["regression", ["FAIL", "FAIL", "PASS"]],
  ["unstable", ["PASS", "FAIL", "PASS"]],
  ["unstable", ["FAIL", "PASS", "FAIL"]],
  ["unstable", ["SKIP", "PASS"]],
  ["unstable", ["PASS", "PASS", null]],
  ["unstable", ["FAIL", "PASS", "DONE"]],
])("%s: %j", async (type, statuses) => {
  const history = await runsOf(statuses);
  expect(await history({})).toMatchObject({
    status_history: statuses.map((status) => ({ status: status ?? "NULL" })),
    regression_type: type,
  });
});

test("runs begin at the time given, newest first, as many as asked for", async () => {
  const history = await runsOf(Array.from({ length: 15 }, () => "PASS"));
  expect(names(await history({}))).toEqual(Array.from({ length: 10 }, (_, at) => `run${at}`));
  expect(names(await history({ current_test_start_time: "2025-05-02T10:57:00Z", group_size: "2" }))).toEqual([
    "run2",
    "run3",
  ]);
  expect(names(await history({ current_test_start_time: "2025-05-02T12:57:00+02:00", group_size: "1" }))).toEqual([
    "run2",
  ]);
  expect(names(await history({ current_test_start_time: "1746183420", group_size: "1" }))).toEqual(["run2"]);
  expect(await history({ current_test_start_time: "2025-05-02" })).toEqual({ error: "Test status history not found" });
  expect(names(await history({ current_test_start_time: "2025-05-03", group_size: " 3 " }))).toHaveLength(3);
});

test("platform, configuration, path, tree and origin must all be the same", async () => {
  const history = await runsOf(["PASS"], { environment_misc: { platform: "board" } });
  const nothing = { error: "Test status history not found" };
  expect(names(await history({ platform: "board" }))).toEqual(["run0"]);
  expect(await history({})).toEqual(nothing);
  for (const other of [
    { platform: "other" },
    { platform: "board", config_name: "other" },
    { platform: "board", path: "suite" },
    { platform: "board", git_repository_branch: "other" },
    { platform: "board", git_repository_url: "https://example.org" },
    { platform: "board", origin: "maestro" },
  ])
    expect(await history(other)).toEqual(nothing);
});

test("without a start time the time of storing counts, and without both only tests that have neither", async () => {
  const { origin, buildId } = await ownObjects(pool);
  const run = { origin, build_id: buildId, path: "p", status: "PASS" };
  await insertRows(pool, "tests", [
    { ...run, id: `${origin}:old`, _timestamp: "2025-05-03T10:00:00Z" },
    { ...run, id: `${origin}:new`, _timestamp: "2025-05-03T11:00:00Z" },
    { ...run, id: `${origin}:none` },
  ]);
  const asked = {
    path: "p",
    origin,
    git_repository_url: `https://example.org/${origin}.git`,
    git_repository_branch: "main",
    config_name: "defconfig",
  };
  const history = async (query: Record<string, string>) =>
    names(await answerOf(`/test/status-history?${new URLSearchParams({ ...asked, ...query })}`));
  expect(await history({ field_timestamp: "2025-05-03T11:00:00Z" })).toEqual(["new", "old"]);
  expect(await history({ field_timestamp: "2025-05-03T10:59:59.999999Z" })).toEqual(["old"]);
  expect(await history({})).toEqual(["none"]);
});
