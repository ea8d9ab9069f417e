import { request } from "node:http";
import { Octokit } from "@octokit/rest";
import { expect, inject, test } from "vitest";
import { deliver } from "../../support/github-delivery.ts";
import { githubBase, IREE, RunList, read, recordedRuns, runIds, seeded } from "../../support/github-reads.ts";

seeded();
const PREFIX = "/api/v3";
const iree = { owner: "iree-org", repo: "iree-like" };

/** Reads a path at the root of the source's own host, as a client in enterprise mode does. */
async function readAtHost(path: string): Promise<{ status: number; body: unknown; link: string }> {
  const { port } = new URL(inject("stack").edgeUrl);
  return await new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path, headers: { host: `github.localhost:${port}` } };
    request(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
        resolve({ status: answer.statusCode ?? 0, body, link: String(answer.headers.link) });
      });
    })
      .on("error", reject)
      .end();
  });
}

test("with the prefix of Enterprise Server the same is read, and addresses keep the prefix", async () => {
  const plain = await (await read(`${IREE}/actions/runs?per_page=2`)).text();
  const prefixed = await read(`${PREFIX}${IREE}/actions/runs?per_page=2`);
  expect(await prefixed.text()).toBe(plain.replaceAll(githubBase(), githubBase() + PREFIX));
  expect(prefixed.headers.get("link")).toContain(`<${githubBase()}${PREFIX}${IREE}/actions/runs?per_page=2&page=2>`);
});

test("octokit in enterprise mode walks all runs by Link", async () => {
  const { actions, paginate } = new Octokit({ baseUrl: githubBase() + PREFIX, auth: "ghp_any" });
  const runs = await paginate(actions.listWorkflowRunsForRepo, { ...iree, per_page: 100 });
  expect(runs.map(({ id }) => id)).toEqual(recordedRuns().map(({ id }) => id));
});

test("on the source's own host the prefix stands at the root", async () => {
  const { status, body, link } = await readAtHost(`${PREFIX}${IREE}/actions/runs?per_page=1`);
  const { port } = new URL(inject("stack").edgeUrl);
  const root = `http://github.localhost:${port}${PREFIX}${IREE}/actions/runs`;
  expect([status, link]).toEqual([200, expect.stringContaining(`<${root}?per_page=1&page=2>; rel="next"`)]);
  const [run] = RunList.parse(body).workflow_runs;
  expect(run?.url).toBe(`${root}/${run?.id}`);
});

test("the prefix is dropped once, and only as a whole", async () => {
  for (const path of [`${PREFIX}${PREFIX}${IREE}`, `/api/v33${IREE}`, `${PREFIX}/nothing`, PREFIX])
    expect((await read(path)).status).toBe(404);
});

test("the prefix opens nothing: what needs a token or a signature needs it there too", async () => {
  const scrape = await read(`${PREFIX}${IREE}/scrapes`, { method: "POST", body: "{}" });
  expect(scrape.status).toBe(401);
  const headers = { "content-type": "application/json", "x-github-event": "ping", "x-github-delivery": "1" };
  expect((await read(`${PREFIX}/webhook`, { method: "POST", body: "{}", headers })).status).toBe(401);
  expect((await deliver("ping", { zen: "" })).status).toBe(200);
});

test("every read tells a rate limit of which nothing is used", async () => {
  const { headers } = await read(IREE);
  const again = await read(IREE, { headers: { "if-none-match": headers.get("etag") ?? "" } });
  const missing = await read(`${IREE}/actions/runs/1`);
  const insight = await read(`${IREE}/actions/insights/summary`);
  expect([again.status, missing.status, insight.status]).toEqual([304, 404, 200]);
  for (const { headers: told } of [{ headers }, again, missing, insight]) {
    expect(["limit", "used", "remaining", "resource"].map((name) => told.get(`x-ratelimit-${name}`))).toEqual([
      "5000",
      "0",
      "5000",
      "core",
    ]);
    expect(Number(told.get("x-ratelimit-reset"))).toBeGreaterThan(Date.now() / 1_000);
    expect(told.get("access-control-expose-headers")).toContain("X-RateLimit-Remaining");
  }
});

test("runs are found by their actor in any case, in lists and insights", async () => {
  const login = recordedRuns()[0]?.actor?.login ?? "";
  const { ids } = await runIds({ actor: login });
  expect(ids.length).toBeGreaterThan(0);
  expect(await runIds({ actor: login.toUpperCase() })).toEqual({ total: ids.length, ids });
  const summary = async (actor: string) =>
    await (await read(`${IREE}/actions/insights/summary?actor=${actor}&as_of=2025-03-20T12:00:00Z&period=30d`)).json();
  expect(await summary(login.toUpperCase())).toEqual(await summary(login));
});
