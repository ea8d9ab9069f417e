import { expect, test } from "vitest";
import { ask, commitBody, freshProject } from "../../support/qaboard.ts";

test.each([
  ["/commits/", "project: "],
  ["/commits/master", "project: "],
  ["/commits/?project=p&from=2026-03-05", "from: "],
  ["/commits/?project=p&to=2026-03-05T00:00:00Z", "to: "],
  ["/commits/?project=p&metrics=nojson", "metrics: "],
  ['/commits/?project=p&metrics=["loss"]', "metrics: "],
  ["/commit/abc", "project: "],
  ["/commit/abc?project=p&metrics=1", "metrics: "],
  ["/commit/", "project: "],
  ["/project", "project: "],
  ["/commits/?project=%00", "project: "],
])("%s is refused by name", async (path, error) => {
  const answer = await ask("GET", path);
  expect([answer.status, Object(answer.json).error]).toEqual([400, expect.stringContaining(error)]);
});

test("a day that no calendar has is refused", async () => {
  expect((await ask("GET", "/commits/?project=p&from=2026-13-45T00:00:00.000Z")).status).toBe(400);
});

test("unknown commits and projects are told in the original's words", async () => {
  const { project, hash } = freshProject();
  const error = async (path: string) => {
    const answer = await ask("GET", path);
    return [answer.status, Object(answer.json).error];
  };
  expect(await error(`/commit/${hash}?project=${project}`)).toEqual([
    404,
    `Sorry, we could not find any data on commit ${hash} in project ${project}.`,
  ]);
  expect(await error(`/commit/?project=${project}`)).toEqual([
    404,
    `Sorry, we cant find any commit with results for the ${project} on master.`,
  ]);
  expect(await error(`/project?project=${project}`)).toEqual([404, expect.any(String)]);
  expect((await ask("GET", `/commits/?project=${project}`)).json).toEqual([]);
});

test("a commit without project or hash is refused", async () => {
  const place = freshProject();
  for (const field of ["project", "git_commit_sha"]) {
    const answer = await ask("POST", "/commit/", { json: { ...commitBody(place), [field]: undefined } });
    expect([answer.status, answer.json]).toEqual([400, { error: `${field} is missing.` }]);
  }
  const answer = await ask("POST", "/commit/", { json: commitBody(place, { qaboard_config: undefined }) });
  const text = `404 ERROR:\n (${place.project}): There is an issue with your commit id (${place.hash})`;
  expect([answer.status, answer.text]).toEqual([404, text]);
});

test("unknown addresses are 404, other methods 405 with those that there are", async () => {
  expect((await ask("GET", "/nothing")).json).toEqual({ error: expect.any(String) });
  const wrong = await ask("POST", "/projects", { json: {} });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  const nested = await ask("PATCH", "/commit/group/repo/abc/batches/", { json: {} });
  expect(nested.status).toBe(405);
});
