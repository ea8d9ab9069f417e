import { beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { ownEdge } from "../../support/own-edge.ts";

/** Bytes of a page of this file's edge, and of the text that each item holds. */
const MAX_BYTES = 100_000;
const FAT = "x".repeat(30_000);
const ITEMS = 7;

const pool = testPool();
const edge = ownEdge(() => ({ PAGE_MAX_BYTES: String(MAX_BYTES) }));
const repository = freshRepository();
const repo = `/github/repos/${repository.full_name}`;
const RUN = repository.id * 100;
const numbers = Array.from({ length: ITEMS }, (_, n) => n + 1);
const sha = (n: number) => String(n).padStart(40, "a");

let filled: Promise<void> | undefined;

async function fill(): Promise<void> {
  for (const n of numbers) {
    const change = { id: RUN + n, created_at: `2026-01-02T10:0${n}:00Z`, display_title: FAT };
    const { workflow_run } = workflowRun(repository, change);
    const workflow = { id: repository.id * 10 + n, name: `CI ${n}`, path: `${n}.yml`, description: FAT };
    await store(pool, "workflow_run", { action: "completed", workflow_run, workflow, repository });
    const job = { id: RUN + 50 + n, run_id: RUN + 1, name: `job ${n}`, status: "queued", about: FAT };
    await store(pool, "workflow_job", { action: "queued", workflow_job: job, repository });
  }
  const author = { name: "Octavia", email: "o@example.org", username: "octavia" };
  const commits = numbers.map((n) => ({
    id: sha(n),
    message: `${n} ${FAT}`,
    timestamp: `2026-01-02T10:0${n}:00Z`,
    author,
  }));
  const push = { ref: "refs/heads/main", before: "0".repeat(40), after: sha(ITEMS), commits };
  await store(pool, "push", { ...push, head_commit: commits.at(-1), pusher: { name: "octavia" }, repository });
}

beforeEach(async () => {
  filled ??= fill();
  await filled;
}, 60_000);

const Item = z.looseObject({ id: z.number().optional(), sha: z.string().optional() });
const Items = z.union([
  z.array(Item),
  z.object({ workflow_runs: z.array(Item) }).transform((list) => list.workflow_runs),
  z.object({ jobs: z.array(Item) }).transform((list) => list.jobs),
  z.object({ workflows: z.array(Item) }).transform((list) => list.workflows),
]);

/** Walks a list by the `next` of its links: how many items each page has, and the items' ids. */
async function walk(path: string): Promise<{ sizes: number[]; ids: unknown[]; largest: number }> {
  const walked = { sizes: [] as number[], ids: [] as unknown[], largest: 0 };
  for (let url: string | undefined = edge().url + path; url !== undefined; ) {
    const response: Response = await fetch(url);
    expect(response.status).toBe(200);
    const text = await response.text();
    const items = Items.parse(JSON.parse(text));
    walked.sizes.push(items.length);
    walked.ids.push(...items.map(({ id, sha: hash }) => id ?? hash));
    walked.largest = Math.max(walked.largest, text.length);
    url = /<([^<>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
  }
  return walked;
}

const newestFirst = numbers.toReversed();
describe.each<[string, string, readonly unknown[]]>([
  ["runs", "/actions/runs", newestFirst.map((n) => RUN + n)],
  ["jobs", `/actions/runs/${RUN + 1}/jobs`, numbers.map((n) => RUN + 50 + n)],
  ["workflows", "/actions/workflows", numbers.map((n) => repository.id * 10 + n)],
  ["commits", "/commits?sha=main", newestFirst.map(sha)],
])("a list of %s whose items are too large for one page", (_name, path, ids) => {
  const asked = (perPage: number) => `${repo}${path}${path.includes("?") ? "&" : "?"}per_page=${perPage}`;

  test("shows each once, by the links, and no page is larger than its limit", async () => {
    const walked = await walk(asked(100));
    expect(walked.ids).toEqual(ids);
    expect(walked.sizes[0]).toBe(2);
    expect(walked.largest).toBeLessThan(MAX_BYTES + 1_000);
  });

  test("is paged as asked for where that fits", async () => {
    expect((await walk(asked(2))).sizes).toEqual([2, 2, 2, 1]);
  });
});

test("one run that is larger than a page is shown alone", async () => {
  const own = freshRepository();
  for (const n of [1, 2]) {
    const title = "x".repeat(2 * MAX_BYTES);
    const { workflow_run } = workflowRun(own, { id: own.id * 100 + n, display_title: title });
    const workflow = { id: own.id * 10, name: "CI" };
    await store(pool, "workflow_run", { action: "completed", workflow_run, workflow, repository: own });
  }
  const { sizes } = await walk(`/github/repos/${own.full_name}/actions/runs`);
  expect(sizes).toEqual([1, 1]);
});

test("the dashboards' feed keeps the newest runs that fit", async () => {
  const query = `days=7&repo=${repository.full_name}&branch=all&as_of=2026-01-03T00:00:00Z`;
  const author = { name: "Octavia", email: "o@example.org", username: "octavia" };
  const commit = { id: "a".repeat(40), message: FAT, timestamp: "2026-01-02T10:00:00Z", author };
  const push = { ref: "refs/heads/feed", before: "0".repeat(40), after: commit.id, commits: [commit] };
  await store(pool, "push", { ...push, head_commit: commit, pusher: { name: "octavia" }, repository });
  const response = await fetch(`${edge().url}/github/api/metrics/workflowruns?${query}`);
  const runs = z.array(z.object({ gitid: z.string() })).parse(await response.json());
  expect(runs.map(({ gitid }) => Number(gitid))).toEqual(newestFirst.slice(0, 3).map((n) => RUN + n));
});
