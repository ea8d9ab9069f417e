import { expect, test } from "vitest";
import { IREE, read, readObject, seeded } from "../../support/github-reads.ts";

seeded();

test.each([
  ["path=README.md", "path"],
  ["committer=octavia", "committer"],
])("a list narrowed by %s is refused, as the whole list must not pass for it", async (query, field) => {
  const answer = await read(`${IREE}/commits?${query}`);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    message: "Validation Failed",
    errors: [{ resource: "Commit", field, code: "invalid" }],
  });
});

test.each(["abc", "ffffffffff", "f".repeat(40), "f".repeat(65), "users/nobody/nothing", "heads/nope", "%00"])(
  "%s names no commit",
  async (ref) => {
    expect((await read(`${IREE}/commits?sha=${encodeURIComponent(ref)}`)).status).toBe(404);
    const one = await read(`${IREE}/commits/${ref}`);
    expect(one.status).toBe(422);
    expect(await one.json()).toMatchObject({ message: expect.stringContaining("No commit found for SHA") });
  },
);

test("the beginning of two hashes names neither", async () => {
  // Of 200 commits two begin alike in one character, and four are asked for at least.
  expect((await read(`${IREE}/commits/b`)).status).toBe(422);
  expect((await read(`${IREE}/commits?sha=b`)).status).toBe(404);
});

test.each(["check-runs", "status", "statuses", "pulls"])("%s below a commit is not served", async (part) => {
  const answer = await read(`${IREE}/commits/main/${part}`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ message: "Not Found" });
});

test("artifacts are listed of runs that exist, and are none", async () => {
  const run = `${IREE}/actions/runs/13401727532`;
  expect(await readObject(`${run}/artifacts`)).toEqual({ total_count: 0, artifacts: [] });
  expect((await read(`${IREE}/actions/runs/1/artifacts`)).status).toBe(404);
  expect((await read("/repos/iree-org/turbine-like/actions/runs/13401727532/artifacts")).status).toBe(404);
});
