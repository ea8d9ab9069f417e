import { expect, inject, test } from "vitest";
import * as z from "zod";
import { TURBINE_LIKE } from "../../support/github-rest.ts";
import { ended } from "../../support/github-stack.ts";
import { bearer } from "../../support/own-edge.ts";

const Begun = z.strictObject({ id: z.uuid(), state: z.string(), url: z.url() });
const { edgeUrl, adminToken } = inject("stack");

const begin = (base: string, body?: string, headers: Record<string, string> = bearer(adminToken)) =>
  fetch(`${base}/repos/${TURBINE_LIKE}/scrapes`, { method: "POST", headers, ...(body === undefined ? {} : { body }) });

test("a scrape is queued, can be followed from the first moment, and ends", async () => {
  const answer = await begin(`${edgeUrl}/github`, JSON.stringify({ max_runs: 5, since: "2025-01-01", jobs: true }));
  expect(answer.status).toBe(202);
  const { id, state, url } = Begun.parse(await answer.json());
  expect({ state, url }).toEqual({ state: "queued", url: answer.headers.get("location") });
  expect(url).toMatch(new RegExp(`^${edgeUrl}/github/scrapes/${id}\\.[0-9a-f]{32}$`));
  const first = await fetch(url);
  expect(first.status).toBe(200);
  expect(first.headers.get("cache-control")).toBe("no-store");
  expect(await first.json()).toMatchObject({ id, url });
  expect(await ended(url, 20_000)).toMatchObject({
    id,
    state: "done",
    repository: TURBINE_LIKE,
    max_runs: 5,
    since: "2025-01-01T00:00:00.000Z",
    jobs: true,
    counts: { branches: 5, workflows: 3, runs: 5, skipped: 0 },
    last_error: null,
    goes_on_at: null,
    started_at: expect.any(String),
    finished_at: expect.any(String),
  });
});

test("without a body everything is scraped; what was scraped is read at once", async () => {
  const answer = await begin(`${edgeUrl}/github`);
  const { url } = Begun.parse(await answer.json());
  expect(await ended(url, 20_000)).toMatchObject({ state: "done", max_runs: null, since: null, jobs: true });
  const answered = await fetch(`${edgeUrl}/github/repos/${TURBINE_LIKE}/actions/runs?per_page=1`);
  const workflow_runs = [{ url: expect.stringContaining(`${edgeUrl}/github/repos/`) }];
  expect(await answered.json()).toMatchObject({ total_count: 20, workflow_runs });
});

test("a token is taken in the way GitHub's clients send one", async () => {
  const answer = await begin(`${edgeUrl}/github`, '{"max_runs":1,"jobs":false}', {
    authorization: `token ${adminToken}`,
  });
  expect(answer.status).toBe(202);
});
