import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, type Repository, workflowRun } from "../../support/github-delivery.ts";
import { githubBase, RunList, read, readObject } from "../../support/github-reads.ts";

const pool = testPool();

/** The repository under another name, and the event that tells of it. */
function renamed(repository: Repository, name: string, updatedAt: string) {
  const [owner = "", short = ""] = name.split("/");
  const url = `https://api.github.com/repos/${name}`;
  const now = { ...repository, name: short, full_name: name, owner: { login: owner }, url, updated_at: updatedAt };
  const changes = { repository: { name: { from: repository.name } } };
  return { now, event: { action: "renamed", repository: now, changes } };
}

async function renamedRepository() {
  const repository = freshRepository();
  await store(pool, "workflow_run", workflowRun(repository));
  const { now, event } = renamed(repository, `${repository.full_name}-new`, "2026-02-01T00:00:00Z");
  await store(pool, "repository", event);
  return { repository, now };
}

test("a former name answers 301 to the id, whatever is asked below it", async () => {
  const { repository } = await renamedRepository();
  const byId = `${githubBase()}/repositories/${repository.id}`;
  const below = [
    "",
    "/branches/a%2Fb",
    "/actions/runs?branch=main&created=%3E%3D2025-01-01&per_page=2",
    "/actions/jobs/1",
  ];
  for (const rest of below)
    for (const name of [repository.full_name, repository.full_name.toUpperCase()]) {
      const answer = await read(`/repos/${name}${rest}`);
      expect([answer.status, answer.headers.get("location")]).toEqual([301, byId + rest]);
      const documentation_url = expect.any(String);
      expect(await answer.json()).toEqual({ message: "Moved Permanently", url: byId + rest, documentation_url });
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    }
});

test("behind the redirect and under the new name the same is read, and it bears the new name", async () => {
  const { repository, now } = await renamedRepository();
  const followed = await read(`/repos/${repository.full_name}/actions/runs`, { redirect: "follow" });
  expect(RunList.parse(await followed.json()).total_count).toBe(1);
  expect(await readObject(`/repos/${now.full_name}/actions/runs`)).toMatchObject({ total_count: 1 });
  for (const path of [`/repos/${now.full_name}`, `/repositories/${repository.id}`])
    expect(await readObject(path)).toMatchObject({
      id: repository.id,
      full_name: now.full_name,
      name: now.name,
      url: `${githubBase()}/repos/${now.full_name}`,
    });
});

test("a name that another repository took over belongs to that one", async () => {
  const { repository } = await renamedRepository();
  const successor = { ...freshRepository(), name: repository.name, full_name: repository.full_name };
  await store(pool, "workflow_run", workflowRun(successor));
  expect(await readObject(`/repos/${repository.full_name}`)).toMatchObject({ id: successor.id });
});

test("a deleted repository is not found, by name or by id", async () => {
  const repository = freshRepository();
  await store(pool, "workflow_run", workflowRun(repository));
  expect((await read(`/repos/${repository.full_name}`)).status).toBe(200);
  await store(pool, "repository", {
    action: "deleted",
    repository: { ...repository, updated_at: "2026-03-01T00:00:00Z" },
  });
  for (const path of [`/repos/${repository.full_name}/actions/runs`, `/repositories/${repository.id}`])
    expect((await read(path)).status).toBe(404);
});
