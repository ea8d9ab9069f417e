import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { insertRows, ownObjects } from "../../support/kernelci-rows.ts";
import { ownEdge } from "../../support/own-edge.ts";

/** Bytes of an answer of this file's edge. */
const MAX_BYTES = 200_000;

const pool = testPool();
const edge = ownEdge(() => ({ RESPONSE_MAX_BYTES: String(MAX_BYTES) }));
const REFUSED = [400, { error: `The answer would take more than ${MAX_BYTES} bytes.` }];

async function answered(path: string): Promise<[number, unknown]> {
  const response = await fetch(`${edge().url}/kernelci/api${path}`, { headers: { "cache-control": "no-cache" } });
  return [response.status, await response.json()];
}

test("one build that is larger than any answer is refused, and others are still read", async () => {
  const { buildId, testId } = await ownObjects(pool, { build: { misc: { fat: "x".repeat(MAX_BYTES) } } });
  expect(await answered(`/build/${buildId}`)).toEqual(REFUSED);
  expect((await answered(`/test/${testId}`))[0]).toBe(200);
});

test("an answer a little below the limit is whole", async () => {
  const { buildId } = await ownObjects(pool, { build: { misc: { fat: "x".repeat(MAX_BYTES - 5_000) } } });
  const [status, build] = await answered(`/build/${buildId}`);
  expect(status).toBe(200);
  expect(build).toMatchObject({ id: buildId });
});

test("a number that is printed with 309 digits counts by its digits", async () => {
  const { buildId } = await ownObjects(pool);
  const numbers = `[${Array.from({ length: 1_000 }, () => "1e308").join(",")}]`;
  await pool.query("update kernelci.builds set misc = jsonb_build_object('n', $2::jsonb) where id = $1", [
    buildId,
    numbers,
  ]);
  expect(await answered(`/build/${buildId}`)).toEqual(REFUSED);
});

test("many fat tests of a commit don't break its answers without a token: each is refused", async () => {
  const { origin, buildId, checkoutId } = await ownObjects(pool, { checkout: { git_commit_hash: "fa7" } });
  const tests = Array.from({ length: 30 }, (_, n) => ({
    id: `${origin}:fat${n}`,
    origin,
    build_id: buildId,
    _timestamp: "2025-05-01T00:00:00Z",
    start_time: "2025-05-01T10:00:00Z",
    path: `fat.${n}.${"x".repeat(10_000)}`,
    status: "FAIL",
    environment_misc: { platform: "fat" },
  }));
  await insertRows(pool, "tests", tests);
  expect(checkoutId).toContain(origin);
  const tree = `origin=${origin}&git_url=https://example.org/${origin}.git&git_branch=main`;
  for (const path of [`/build/${buildId}/tests`, `/tree/fa7/tests?${tree}`, `/tree/fa7/full?${tree}`])
    expect(await answered(path)).toEqual(REFUSED);
});
