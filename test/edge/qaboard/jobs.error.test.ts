import { expect, test } from "vitest";
import { ask, freshCommit, postOutput } from "../../support/qaboard-output.ts";

test("without artifacts nothing is run again, and nothing becomes pending", async () => {
  const { id } = await postOutput(freshCommit());
  const answer = await ask("POST", `output/redo/${id}/`);
  expect(answer.status).toBe(409);
  expect(await (await ask("GET", `output/${id}/`)).json()).toMatchObject({ is_pending: false });
});

test("an unknown output or batch is 404", async () => {
  expect((await ask("POST", "output/redo/999999999/")).status).toBe(404);
  expect((await ask("POST", "batch/redo/", { id: 999999999 })).status).toBe(404);
  expect((await ask("POST", "batch/redo/", { id: "x" })).status).toBe(404);
});

test("tuning without a group or a label is 400", async () => {
  const commit = freshCommit();
  await postOutput(commit);
  const path = `commit/${commit.hash}/batch?project=${commit.project}`;
  expect((await ask("POST", path, { batch_label: "t", groups: [] })).status).toBe(400);
  expect((await ask("POST", path, { selected_group: "g", groups: [] })).status).toBe(400);
});
