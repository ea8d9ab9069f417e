import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import type { Choice } from "../../../../db/queries/github/insights/chosen-runs.ts";
import { failuresOn, StandingWorkflow } from "../../../../db/queries/github/insights/failures.ts";
import { FlakyWorkflow, flakyWorkflows } from "../../../../db/queries/github/insights/flaky.ts";
import { queueTimesOf } from "../../../../db/queries/github/insights/queue-times.ts";
import { summaryOf } from "../../../../db/queries/github/insights/summary.ts";
import { timeseriesOf } from "../../../../db/queries/github/insights/timeseries.ts";
import { WaterfallCommit, waterfallOf } from "../../../../db/queries/github/insights/waterfall.ts";
import type { RepoFact } from "../../../../db/upserts/github/facts.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import { newReceiptId } from "../../../../functions/messages/receipt-id.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";
import { factsOfMade, iso, type MadeRun, MadeRuns, NOW, workflowIdOf } from "./made-runs.ts";
import * as model from "./model.ts";
import { chosen, type Filter as Filtered } from "./shown-runs.ts";

const scratch = scratchDatabase();
const ROUNDS = { numRuns: 40 };
let lastRepoId = 5_000;

/** A repository that holds these runs and nothing else. */
async function repositoryWith(runs: readonly MadeRun[]): Promise<number> {
  lastRepoId += 2;
  const repoId = lastRepoId;
  const repo: RepoFact = {
    repoId,
    name: `made/r${repoId}`,
    names: [`made/r${repoId}`],
    defaultBranch: "main",
    private: false,
    archived: false,
    deleted: false,
    updatedAt: iso(NOW),
    arrival: newReceiptId(),
    snapshot: {},
    authoritative: true,
  };
  const workflows = [0, 1, 2].map((workflow) => ({
    workflowId: workflowIdOf(repoId, workflow),
    repoId,
    name: `W${workflow}`,
    path: `.github/workflows/w${workflow}.yml`,
    state: "active",
    url: null,
    updatedAt: iso(NOW),
    arrival: repo.arrival,
    snapshot: {},
  }));
  const facts = { ...factsOfMade(repoId, runs), repos: [repo], workflows };
  await scratch().db.transaction((tx) => storeGithubFacts(tx, facts));
  return repoId;
}

const Filter = fc.record(
  {
    branch: fc.constantFrom("main", "topic"),
    event: fc.constantFrom("push", "schedule"),
    actor: fc.constantFrom("octavia", "hanako"),
    workflow: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: [] },
);
const Span = fc
  .record({ endHoursAgo: fc.integer({ min: 0, max: 200 }), lengthMinutes: fc.integer({ min: -60, max: 14_000 }) })
  .map(({ endHoursAgo, lengthMinutes }) => {
    const until = NOW - endHoursAgo * 3_600_000;
    return { since: until - lengthMinutes * 60_000, until };
  });

function choiceOf(repoId: number, { workflow, ...filter }: Filtered): Choice {
  const workflows = workflow === undefined ? [] : [{ file: `w${workflow}.yml` }];
  return { repo: { id: repoId }, workflows, ...filter, asOf: iso(NOW) };
}
const windowOf = ({ since, until }: { since: number; until: number }) => ({ since: iso(since), until: iso(until) });

test("a summary is what counting by hand gives", async () => {
  await fc.assert(
    fc.asyncProperty(MadeRuns, Filter, Span, async (runs, filter, span) => {
      const repoId = await repositoryWith(runs);
      const found = await summaryOf(scratch().db, choiceOf(repoId, filter), windowOf(span));
      expect(found?.summary).toEqual(model.summary(chosen(repoId, runs, filter), span));
    }),
    ROUNDS,
  );
});

test("a timeseries is what counting by hand gives", async () => {
  const Bucket = fc.constantFrom("hour", "day", "week");
  await fc.assert(
    fc.asyncProperty(MadeRuns, Filter, Span, Bucket, async (runs, filter, span, bucket) => {
      const repoId = await repositoryWith(runs);
      const found = await timeseriesOf(scratch().db, choiceOf(repoId, filter), { ...windowOf(span), bucket });
      expect(found?.buckets).toEqual(model.timeseries(chosen(repoId, runs, filter), span, bucket));
    }),
    ROUNDS,
  );
});

test("queue times are what counting by hand gives", async () => {
  const Group = fc.constantFrom("os", "workflow", "runner_group");
  await fc.assert(
    fc.asyncProperty(MadeRuns, Filter, Span, Group, async (runs, filter, span, groupBy) => {
      const repoId = await repositoryWith(runs);
      const found = await queueTimesOf(scratch().db, choiceOf(repoId, filter), { ...windowOf(span), groupBy });
      expect(found?.groups).toEqual(model.queueTimes(chosen(repoId, runs, filter), span, groupBy));
    }),
    ROUNDS,
  );
});

test("flaky workflows are what counting by hand gives", async () => {
  await fc.assert(
    fc.asyncProperty(MadeRuns, Filter, Span, async (runs, filter, span) => {
      const repoId = await repositoryWith(runs);
      const found = await flakyWorkflows(scratch().db, choiceOf(repoId, filter), windowOf(span));
      const wanted = model.flaky(chosen(repoId, runs, filter), span);
      expect(found?.total).toBe(wanted.length);
      const workflows = z.array(FlakyWorkflow).parse(JSON.parse(found?.workflows ?? ""));
      expect(workflows.map(({ name: _, path: __, ...figures }) => figures)).toEqual(wanted);
    }),
    ROUNDS,
  );
});

test("red streaks are what counting by hand gives", async () => {
  await fc.assert(
    fc.asyncProperty(MadeRuns, Filter, Span, async (runs, filter, { until }) => {
      const repoId = await repositoryWith(runs);
      const found = await failuresOn(scratch().db, choiceOf(repoId, filter), { until: iso(until) });
      const wanted = model.failures(chosen(repoId, runs, { branch: "main", ...filter }), until);
      expect(found?.failing).toBe(wanted.filter(({ state }) => state === "failing").length);
      const workflows = z.array(StandingWorkflow).parse(JSON.parse(found?.workflows ?? ""));
      expect(workflows.map(({ name: _, ...figures }) => figures)).toEqual(wanted);
    }),
    ROUNDS,
  );
});

test("a waterfall is what counting by hand gives, page by page", async () => {
  await fc.assert(
    fc.asyncProperty(MadeRuns, Filter, async (runs, filter) => {
      const repoId = await repositoryWith(runs);
      const wanted = model.waterfall(chosen(repoId, runs, { branch: "main", ...filter }));
      for (const page of [1, 2, 3]) {
        const found = await waterfallOf(scratch().db, choiceOf(repoId, filter), { page, perPage: 2 });
        const shown = z.array(WaterfallCommit).parse(JSON.parse(found?.commits ?? ""));
        const commits = shown.map(({ sha, time, cells, title }) => {
          expect(title).toBe(`Change ${sha[0]}`);
          const told = Object.entries(cells).map(([id, cell]) => [id, `${cell.run_id} ${cell.result} ${cell.flaky}`]);
          return { sha, time, cells: Object.fromEntries(told) };
        });
        expect({ total: found?.total, commits }).toEqual({
          total: wanted.length,
          commits: wanted.slice(2 * page - 2, 2 * page),
        });
      }
    }),
    ROUNDS,
  );
});
