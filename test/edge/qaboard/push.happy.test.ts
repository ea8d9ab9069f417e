import { expect, inject, test } from "vitest";
import { untilSettled } from "../../support/deliveries-api.ts";
import { ask } from "../../support/qaboard-output.ts";

const { edgeUrl } = inject("stack");
const MASTER = "51ff37c77fc9324519a8c8610385ad1708fdf509";
const FEATURE = "2ee4cf38942562e26a1da7fe8efee80063c260dc";
const OLDER = "f33fc426bac1c514eeb013bbbc65749203839edc";

async function push(hash: string | null, branch: string, path = "qa/demo") {
  const project = { id: 15, name: "demo", path_with_namespace: path, web_url: "https://example.org/qa/demo" };
  return await fetch(`${edgeUrl}/qaboard/webhook/gitlab`, {
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: JSON.stringify({ ref: `refs/heads/${branch}`, checkout_sha: hash, project }),
  });
}
const settled = async (answer: Response) => await untilSettled(answer.headers.get("location") ?? "");
const show = async (path: string) => (await ask("GET", path)).json() as Promise<Record<string, unknown>>;

test("a push makes a commit of every project of the tree", async () => {
  const answer = await push(MASTER, "master");
  expect([answer.status, await answer.text()]).toEqual([200, "{status:'OK'}"]);
  expect(answer.headers.get("content-type")).toContain("text/html");
  await settled(answer);
  for (const project of ["qa/demo", "qa/demo/sub/one"]) {
    const commit = await show(`commit/${MASTER}?project=${project}`);
    expect(commit).toMatchObject({ branch: "master", message: "Third commit on master\n" });
    expect(commit.data).toMatchObject({ qatools_config: { project: { name: project } }, qatools_metrics: {} });
  }
});

test("of the reference branch the newest commit configures the project, in whatever order pushes come", async () => {
  for (const [hash, branch] of [
    [MASTER, "master"],
    [OLDER, "master"],
    [FEATURE, "feature/x"],
    [MASTER, "master"],
  ] as const)
    await settled(await push(hash, branch));
  const { qatools_metrics: metrics } = await show("project?project=qa/demo");
  expect(metrics).toMatchObject({ available_metrics: { loss: { target: 0.5 } } });
});

test("a repository that the Git host does not have leaves the project alone", async () => {
  await settled(await push(MASTER, "master", "qa/elsewhere"));
  expect(await show("project?project=qa/elsewhere")).toMatchObject({ git: { path_with_namespace: "qa/elsewhere" } });
  expect((await ask("GET", `commit/${MASTER}?project=qa/elsewhere`)).status).toBe(404);
});

test("a deleted branch changes nothing", async () => {
  await settled(await push(null, "gone", "qa/gone"));
  expect((await ask("GET", "project?project=qa/gone")).status).toBe(404);
});
