import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { ownEdge } from "../../support/own-edge.ts";

const pool = testPool();
const edge = ownEdge(() => ({ PAGE_MAX_BYTES: "100000", RESPONSE_MAX_BYTES: "200000" }));

test("one run that is larger than any answer is refused in GitHub's shape, and others are still read", async () => {
  const repository = freshRepository();
  const workflow = { id: repository.id * 10, name: "CI" };
  const [small, fat] = [repository.id * 100 + 1, repository.id * 100 + 2];
  for (const [id, size] of [
    [small, 10],
    [fat, 300_000],
  ] as const) {
    const { workflow_run } = workflowRun(repository, { id, display_title: "x".repeat(size) });
    await store(pool, "workflow_run", { action: "completed", workflow_run, workflow, repository });
  }
  const runs = `${edge().url}/github/repos/${repository.full_name}/actions/runs`;
  for (const path of [`${runs}/${fat}`, runs]) {
    const response = await fetch(path);
    expect([response.status, await response.json()]).toEqual([
      422,
      {
        message: "The answer would take more than 200000 bytes.",
        documentation_url: "https://docs.github.com/rest",
        status: "422",
      },
    ]);
  }
  expect((await fetch(`${runs}/${small}`)).status).toBe(200);
});
