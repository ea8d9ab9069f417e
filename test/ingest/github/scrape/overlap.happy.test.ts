import type { Pool } from "pg";
import { beforeEach, expect, test } from "vitest";
import { runScrape } from "../../../../functions/ingest/github/scrape/run-scrape.ts";
import { differences, emptyStore } from "../../../conformance/github/rows.ts";
import { githubRest, TURBINE_LIKE, toolsFor, whole } from "../../../support/github-rest.ts";
import { recordedRows } from "../../../support/recorded-rows.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";
import { storeDelivery } from "../../../support/store-delivery.ts";

const scratch = scratchDatabase();
const rest = githubRest();
beforeEach(() => emptyStore(scratch().pool));

const BEFORE = "2025-03-20T09:00:00Z";
const LATER = "2025-03-20T12:30:00Z";
const commit = (id: string) => ({ id, message: `Commit ${id}`, timestamp: LATER, author: { name: "Octavia" } });

type Event = [event: string, payload: object];

/** Deliveries older than, as new as, and newer than what the stand-in lists. */
function liveEvents(): Event[] {
  const served = rest().repositories.find(({ repo }) => repo.full_name === TURBINE_LIKE);
  const [running, finished, again] = served?.runs ?? [];
  const [kept, gone] = served?.branches.filter(({ name }) => name !== "main") ?? [];
  const [known] = served?.commits ?? [];
  if (served === undefined || again === undefined || gone === undefined || known === undefined)
    throw new Error("the stand-in lists less than this test needs");
  Object.assign(running ?? {}, { status: "in_progress", conclusion: null });
  const openJob = { ...served.jobs[String(finished?.id)]?.[0] };
  const [listed] = served.jobs[String(finished?.id)] ?? [];
  Object.assign(listed ?? {}, { status: "in_progress", conclusion: null, completed_at: null });
  const repository = served.repo;
  const pushed = { ...repository, pushed_at: LATER };
  const run = (of: object | undefined, change: object): Event => [
    "workflow_run",
    { repository, workflow_run: { ...of, ...change } },
  ];
  const push = (branch: string, change: object, at = pushed): Event => [
    "push",
    {
      ref: `refs/heads/${branch}`,
      before: "0".repeat(40),
      commits: [],
      pusher: { name: "octavia" },
      repository: at,
      ...change,
    },
  ];
  return [
    run(running, { status: "completed", conclusion: "success", updated_at: LATER }),
    run(finished, { status: "in_progress", conclusion: null, updated_at: BEFORE }),
    run(again, { run_attempt: Number(again.run_attempt) + 1, status: "queued", conclusion: null, updated_at: LATER }),
    run(finished, { id: 99, status: "completed", conclusion: "failure", updated_at: LATER }),
    ["workflow_job", { repository, workflow_job: openJob }],
    push("main", { after: "c".repeat(40), commits: [commit("c".repeat(40)), { ...commit(known.sha), id: known.sha }] }),
    push(String(kept?.name), { after: "d".repeat(40), forced: true }, { ...repository, pushed_at: BEFORE }),
    ["create", { ref: "live", ref_type: "branch", sender: { login: "octavia" }, repository: pushed }],
    ["delete", { ref: gone.name, ref_type: "branch", sender: { login: "octavia" }, repository: pushed }],
    ["repository", { action: "edited", repository: { ...repository, archived: true, updated_at: LATER } }],
  ];
}

/** Every documented row, without the numbers that rows get as they come. */
async function documentedRows(pool: Pool): Promise<Record<string, unknown>> {
  const tables = ["repos", "branches", "commits", "workflows", "workflowruns", "attempts", "workflowjobs", "pulls"];
  const entries = tables.map(async (table) => {
    const { rows } = await pool.query(`select to_jsonb(t) - 'id' as row from public.${table} t order by 1`);
    return [table, rows.map(({ row }) => row)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Scrapes while the events arrive: `at(n, of)` tells before which request the nth of them does. */
async function overlapped(at: (n: number, of: number) => number, order: (events: Event[]) => Event[] = (all) => all) {
  const { db, pool } = scratch();
  const events = order(liveEvents()).map(([event, payload], n, { length }) => ({ event, payload, at: at(n, length) }));
  const left = new Set(events);
  const arrive = async (request: number) => {
    for (const one of left) if (one.at <= request && left.delete(one)) await storeDelivery(db, one.event, one.payload);
  };
  await arrive(0);
  rest().onRequest = () => arrive(rest().requests.length);
  expect(await runScrape(whole(TURBINE_LIKE), toolsFor(rest(), db))).toMatchObject({ state: "done" });
  await arrive(Number.POSITIVE_INFINITY);
  return await documentedRows(pool);
}

const ORDERS: readonly [string, () => ReturnType<typeof overlapped>][] = [
  ["after the scrape", () => overlapped(() => 1_000)],
  ["one before each request", () => overlapped((n) => n + 1)],
  [
    "in reverse, one before each third request",
    () =>
      overlapped(
        (n) => 3 * n + 1,
        (all) => all.reverse(),
      ),
  ],
  [
    "all in the middle, in reverse",
    () =>
      overlapped(
        () => 10,
        (all) => all.reverse(),
      ),
  ],
  ["scattered", () => overlapped((n) => (n * 17) % 29)],
];

test.each(ORDERS)("webhooks that come %s give the rows of webhooks that came before it", async (_, run) => {
  const reference = await overlapped(() => 0);
  expect(reference.branches).toContainEqual(
    expect.objectContaining({ name: "live", author: "octavia", deleted: false }),
  );
  expect(reference.workflowruns).toHaveLength(21);
  await emptyStore(scratch().pool);
  await rest.anew();
  expect(await run()).toEqual(reference);
});

test("two workers on one scrape give the same rows, and count nothing twice", async () => {
  const { db, pool } = scratch();
  const both = [1, 2].map(() => runScrape(whole(TURBINE_LIKE), toolsFor(rest(), db)));
  for (const { state, counts } of await Promise.all(both))
    expect({ state, counts }).toMatchObject({ state: "done", counts: { runs: 20, attempts: 3, jobs: 45 } });
  expect(await differences(pool, recordedRows(TURBINE_LIKE))).toEqual([]);
  expect(rest().requests.length).toBeLessThanOrEqual(2 * 29);
});
