import { expect, test } from "vitest";
import { IREE, type RecordedRun, RunList, read, recordedRuns, runIds, seeded } from "../../support/github-reads.ts";

seeded();

const runs = recordedRuns();
type Filter = { query: Record<string, string>; keeps: (run: RecordedRun) => boolean };

const values = (of: (run: RecordedRun) => string | null | undefined) =>
  [...new Set(runs.map(of))].filter((value) => value !== null && value !== undefined);

const BRANCHES = values((run) => run.head_branch).map((branch) => ({
  query: { branch },
  keeps: (run: RecordedRun) => run.head_branch === branch,
}));
const EVENTS = values((run) => run.event).map((event) => ({
  query: { event },
  keeps: (run: RecordedRun) => run.event === event,
}));
const ACTORS = values((run) => run.actor?.login).map((actor) => ({
  query: { actor },
  keeps: (run: RecordedRun) => run.actor?.login === actor,
}));
const STATES = [...values((run) => run.status), ...values((run) => run.conclusion)].map((status) => ({
  query: { status },
  keeps: (run: RecordedRun) => run.status === status || run.conclusion === status,
}));
const CREATED: Filter[] = [
  { query: { created: "2025-03-10" }, keeps: (run) => run.created_at.startsWith("2025-03-10") },
  { query: { created: "2025-03-10..2025-03-11" }, keeps: (run) => /^2025-03-1[01]/.test(run.created_at) },
  { query: { created: "*..2025-02-20" }, keeps: (run) => run.created_at < "2025-02-21" },
  { query: { created: "2025-03-19..*" }, keeps: (run) => run.created_at >= "2025-03-19" },
  { query: { created: "<2025-02-20" }, keeps: (run) => run.created_at < "2025-02-20" },
  { query: { created: "<=2025-02-20" }, keeps: (run) => run.created_at < "2025-02-21" },
  { query: { created: ">=2025-03-20T11:47:50Z" }, keeps: (run) => run.created_at >= "2025-03-20T11:47:50Z" },
  { query: { created: ">2025-03-20T11:47:50Z" }, keeps: (run) => run.created_at > "2025-03-20T11:47:50Z" },
  { query: { created: ">=2025-03-20T13:47:50+02:00" }, keeps: (run) => run.created_at >= "2025-03-20T11:47:50Z" },
  { query: { created: "2025-03-20T11:47:50Z" }, keeps: (run) => run.created_at === "2025-03-20T11:47:50Z" },
];
const EXACT: Filter[] = runs.slice(0, 3).flatMap((one) => [
  { query: { head_sha: one.head_sha }, keeps: (run) => run.head_sha === one.head_sha },
  { query: { check_suite_id: String(one.check_suite_id) }, keeps: (run) => run.check_suite_id === one.check_suite_id },
]);

const wanted = (...filters: Filter[]) => {
  const kept = runs.filter((run) => filters.every(({ keeps }) => keeps(run)));
  return { total: kept.length, ids: kept.map(({ id }) => id) };
};

test.each([...BRANCHES, ...EVENTS, ...ACTORS, ...STATES, ...CREATED, ...EXACT])(
  "runs?$query are those that match, and as many as it says",
  async (filter) => {
    expect(await runIds(filter.query)).toEqual(wanted(filter));
  },
);

test("filters are combined with and", async () => {
  const main = BRANCHES.filter(({ query }) => query.branch === "main" || query.branch === "nightly");
  for (const branch of main)
    for (const event of EVENTS)
      for (const state of STATES.filter(({ query }) => /^(completed|failure|queued)$/.test(query.status)))
        expect(await runIds({ ...branch.query, ...event.query, ...state.query })).toEqual(wanted(branch, event, state));
  const created: Filter = { query: { created: ">=2025-03-10" }, keeps: (run) => run.created_at >= "2025-03-10" };
  for (const actor of ACTORS)
    expect(await runIds({ ...actor.query, ...created.query })).toEqual(wanted(actor, created));
});

test("a workflow's runs take the same filters", async () => {
  const path = `${IREE}/actions/workflows/pkgci.yml/runs`;
  const ofWorkflow: Filter = { query: {}, keeps: (run) => run.workflow_id === 200018 };
  expect(wanted(ofWorkflow).total).toBe(52);
  for (const filter of [...EVENTS, ...STATES, ...CREATED])
    expect(await runIds(filter.query, path)).toEqual(wanted(ofWorkflow, filter));
});

test("filters are exact, an empty one is none, and of a repeated one the first counts", async () => {
  const none = { total: 0, ids: [] };
  for (const branch of ["Main", "mai", "main ", "%", "_ain", "*"]) expect(await runIds({ branch })).toEqual(none);
  for (const status of ["stale", "requested"]) expect(await runIds({ status })).toEqual(none);
  expect((await runIds({ branch: "", status: "", event: "", actor: "", created: "" })).total).toBe(600);
  const answer = await read(`${IREE}/actions/runs?branch=nightly&branch=main`);
  const { total_count: total } = RunList.parse(await answer.json());
  expect(total).toBe(wanted({ query: {}, keeps: (run) => run.head_branch === "nightly" }).total);
});
