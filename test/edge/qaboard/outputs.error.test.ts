import { expect, test } from "vitest";
import { ask, commitBody, commitOf, countersOf, freshProject, outputBody, posted } from "../../support/qaboard.ts";

test.each([
  ["batch_label"],
  ["job_type"],
  ["platform"],
  ["user"],
  ["database"],
  ["output_directory"],
  ["extra_parameters"],
  ["artifacts_commit"],
  ["configurations"],
])("without %s an output is refused, and its commit is kept", async (field) => {
  const place = freshProject();
  const answer = await ask("POST", "/output/", { json: { ...outputBody(place), [field]: undefined } });
  expect([answer.status, answer.json]).toEqual([400, { error: `${field} is missing.` }]);
  expect((await commitOf(place)).batches).toEqual({});
});

test("an output without input is refused in the original's words", async () => {
  for (const change of [{ input_path: undefined }, { input_path: "" }]) {
    const answer = await ask("POST", "/output/", { json: outputBody(freshProject(), change) });
    expect([answer.status, answer.json]).toEqual([400, { error: "the input path was not provided" }]);
  }
});

test.each([
  ["a platform that is no text", { platform: 1 }, "platform: "],
  ["configurations that are no list", { configurations: { a: 1 } }, "configurations: "],
  ["metrics that are no object", { metrics: [1] }, "metrics: "],
  ["a flag that is no boolean", { is_pending: "yes" }, "is_pending: "],
  ["a relative folder", { output_directory: "output/a" }, "output_directory must be an absolute path."],
  [
    "a configuration with thousands of colons in objects",
    { configuration: `${"{".repeat(5_000)}${"}:".repeat(3_000)}` },
    "configuration",
  ],
])("%s is refused by name", async (_, change, error) => {
  const answer = await ask("POST", "/output/", { json: outputBody(freshProject(), change) });
  expect([answer.status, Object(answer.json).error]).toEqual([400, expect.stringContaining(error)]);
});

test.each([
  ["malformed JSON", { body: '{"a":' }, 400],
  ["a list", { json: [] }, 400],
  ["nothing", { body: "", headers: { "content-type": "application/json" } }, 400],
  ["another content type", { body: "{}", headers: { "content-type": "text/plain" } }, 415],
  ["NaN", { body: '{"metrics":{"loss":NaN}}' }, 400],
])("a body that is %s is refused", async (_, asked, status) => {
  const answer = await ask("POST", "/output/", asked);
  expect([answer.status, answer.json]).toEqual([status, { error: expect.any(String) }]);
});

test("a commit that nobody can make is a 404 that says why, and nothing is stored", async () => {
  const place = freshProject();
  const refused = async (change: object) => {
    const answer = await ask("POST", "/output/", { json: outputBody(place, change) });
    return [answer.status, Object(answer.json).error];
  };
  expect(await refused({ qaboard_config: undefined })).toEqual([404, expect.stringContaining("qaboard_config")]);
  expect(await refused({ project_root: undefined })).toEqual([404, expect.stringContaining("'project_root'")]);
  expect(await refused({ project: undefined })).toEqual([404, expect.stringContaining("'project'")]);
  for (const commit_authored_datetime of ["yesterdayish", "infinity", "2026-13-45T00:00:00Z"])
    expect(await refused({ commit_authored_datetime })).toEqual([404, expect.stringContaining("no time")]);
  expect((await ask("GET", `/project?project=${place.project}`)).status).toBe(404);
});

test("a beginning of several hashes is ambiguous, a whole hash never is", async () => {
  const place = freshProject();
  const [short, long] = ["abcd", "abcd0123"];
  for (const hash of [long, "abcdef"]) await ask("POST", "/commit/", { json: commitBody({ ...place, hash }) });
  const post = async (hash: string) => (await ask("POST", "/output/", { json: outputBody({ ...place, hash }) })).status;
  expect(await post(short)).toBe(404);
  expect(await post(long)).toBe(200);
  const pool = { ...place, hash: long };
  expect(await countersOf(pool)).toEqual([1, 0, 0, 0, 0]);
});

test("unknown outputs are 404, ids that are none 400", async () => {
  for (const method of ["GET", "PUT", "DELETE"]) {
    const json = method === "PUT" ? {} : undefined;
    expect((await ask(method, "/output/999999999999/", { json })).status).toBe(404);
    for (const id of ["abc", "-1", "1.5", "99999999999999999999"])
      expect([id, (await ask(method, `/output/${id}/`, { json })).status]).toEqual([id, 400]);
  }
});

test("a pending output is not deleted", async () => {
  const id = await posted(freshProject(), { is_pending: true });
  for (const query of ["", "?soft=true"]) {
    const answer = await ask("DELETE", `/output/${id}/${query}`);
    const error = "Please wait for the Output to finish running before deleting it";
    expect([answer.status, answer.json]).toEqual([409, { error }]);
  }
});
