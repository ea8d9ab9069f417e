import { expect, inject, test } from "vitest";
import { Start } from "../../../functions/edge/pages/start/shape.ts";
import { freshRepository } from "../../support/github-delivery.ts";
import { freshId, submitted } from "../../support/kernelci-submissions.ts";
import { askPage, freshHash, storeRun } from "../../support/pages.ts";
import { freshProject, posted } from "../../support/qaboard.ts";

const { edgeUrl } = inject("stack");
const start = async () => Start.parse(JSON.parse((await askPage("/")).text));

test("a client that does not ask for HTML gets an index", async () => {
  const answer = await fetch(edgeUrl);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  const { reference, document, release } = Start.parse(await answer.json());
  expect([reference, document, release]).toEqual(["/docs", "/openapi.json", expect.any(String)]);
});

test("each client is pointed at the host that was asked", async () => {
  const { clients } = await start();
  const { host } = new URL(edgeUrl);
  expect(clients).toEqual({
    github: {
      webhook: `${edgeUrl}/github/webhook`,
      settings: [expect.stringContaining(`${edgeUrl}/github/webhook`), expect.any(String)],
    },
    kernelci: {
      submit: `${edgeUrl}/kernelci/submit`,
      settings: [
        `labs: KCIDB_REST=http://<token>@${host}/kernelci/submit`,
        expect.stringContaining(`${edgeUrl}/kernelci`),
      ],
    },
    qaboard: { api: `${edgeUrl}/qaboard`, settings: [`qa: QABOARD_HOST=${host}/qaboard QABOARD_PROTOCOL=http`] },
    eosc_perf: { api: `${edgeUrl}/eosc-perf`, settings: [expect.stringContaining(`${edgeUrl}/eosc-perf`)] },
  });
});

test("what came in last stands first, and leads to its commit", async () => {
  const repository = freshRepository();
  const place = freshProject();
  const [pushed, tree] = [freshHash(), freshHash()];
  await storeRun(repository, { sha: pushed, committedAt: "2026-01-02T00:00:00Z", jobs: [] });
  await posted(place);
  await submitted({
    version: { major: 5, minor: 3 },
    checkouts: [{ id: freshId(), origin: "tests", tree_name: "made-tree", git_commit_hash: tree }],
  });
  const { received } = await start();
  const first = ({ github, kernelci, qaboard }: Start["received"]) =>
    [github, kernelci, qaboard].map((part) => (part.access === "granted" ? part.newest[0] : undefined));
  expect(first(received)).toMatchObject([
    { place: repository.full_name, sha: pushed },
    { place: "made-tree", sha: tree },
    { place: place.project, sha: place.hash },
  ]);
  const { text } = await askPage("/", { as: "html" });
  for (const sha of [pushed, tree]) expect(text).toContain(`<a href="/commits/${sha}">`);
  expect(text).toContain('<form action="/commits" method="get"');
  expect(text).toContain('<a href="/docs">');
});

test("a source's own host keeps its own start", async () => {
  const answer = await fetch(`${edgeUrl}/kernelci/`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).not.toContain('"received"');
});
