import { expect, test } from "vitest";
import { ask, commitBody, commitOf, countersOf, freshProject, posted, postedBatch } from "../../support/qaboard.ts";

test("a batch without hash, project or label is refused by name", async () => {
  for (const field of ["git_commit_sha", "project", "batch_label"]) {
    const body = { ...commitBody(freshProject(), { batch_label: "default" }), [field]: undefined };
    const answer = await ask("POST", "/batch/", { json: body });
    expect([answer.status, answer.json]).toEqual([400, { error: `${field} is missing.` }]);
  }
});

test("an iteration without number or label is refused before anything is stored", async () => {
  const place = freshProject();
  for (const data of [
    { optimization: true },
    { optimization: true, iteration: "1" },
    { optimization: true, iteration: 1, is_best_iter: true },
  ])
    expect((await ask("POST", "/batch/", { json: commitBody(place, { batch_label: "opt", data }) })).status).toBe(400);
  expect((await ask("GET", `/commit/${place.hash}?project=${place.project}`)).status).toBe(404);
});

test("ids that name no batch are 404", async () => {
  for (const id of [999_999_999, "abc", -1, 1.5, null, {}, "99999999999"]) {
    const statuses = [];
    for (const path of ["/batch/stop/", "/batch/rename/", "/batch/move/"])
      statuses.push((await ask("POST", path, { json: { id, label: "x" } })).status);
    if (typeof id !== "object") statuses.push((await ask("DELETE", `/batch/${id}/`)).status);
    expect([id, new Set(statuses)]).toEqual([id, new Set([404])]);
  }
});

test("a batch whose command names no runner is neither stopped nor deleted while outputs are pending", async () => {
  const place = freshProject();
  const id = await postedBatch(place, { command: { one: { argv: ["qa"] } } });
  await posted(place, { is_pending: true });
  expect((await ask("POST", "/batch/stop/", { json: { id } })).status).toBe(409);
  expect((await ask("DELETE", `/batch/${id}/`)).status).toBe(409);
  expect(await countersOf(place)).toEqual([0, 1, 0, 0, 0]);
});

test("a label that is taken, or missing, is refused in the original's words; so are pending outputs", async () => {
  const place = freshProject();
  await posted(place, { batch_label: "one" });
  await posted(place, { batch_label: "two", is_pending: true });
  const { one, two } = (await commitOf(place)).batches;
  for (const label of ["one", "two", undefined]) {
    const answer = await ask("POST", "/batch/rename/", { json: { id: one?.id, label } });
    expect([answer.status, answer.json]).toEqual([403, { error: "already exists {e}" }]);
  }
  expect((await ask("POST", "/batch/rename/", { json: { id: two?.id, label: "free" } })).status).toBe(409);
});

test.each([["(open"], ["a{2000}"], ["(?=ahead)"], ["x ".repeat(100)], ["[".repeat(2_000)]])(
  "the filter %s is refused, and nothing moves",
  async (filter) => {
    const place = freshProject();
    await posted(place);
    const id = (await commitOf(place)).batches.default?.id;
    const answer = await ask("POST", "/batch/move/", { json: { id, label: "target", filter } });
    expect([answer.status, answer.json]).toEqual([400, { error: expect.any(String) }]);
    expect(Object.keys((await commitOf(place)).batches)).toEqual(["default"]);
  },
);

test("batches of milestones and of unknown commits are not deleted", async () => {
  const place = freshProject();
  await posted(place);
  const milestone = { commit: place.hash, label: "Release" };
  await ask("POST", "/project/milestones/", { json: { project: place.project, key: "k", milestone } });
  const answer = await ask("DELETE", `/commit/${place.project}/${place.hash}/batches/`);
  expect([answer.status, answer.text]).toEqual([403, "403 ERROR: Cannot delete milestones"]);
  for (const path of [place.hash.slice(0, 20), `other/project/${place.hash}`]) {
    const unknown = await ask("DELETE", `/commit/${path}/batches/`);
    expect([unknown.status, unknown.text]).toEqual([404, "404 ERROR: Cannot find commit"]);
  }
  expect(await countersOf(place)).toEqual([1, 0, 0, 0, 0]);
});
