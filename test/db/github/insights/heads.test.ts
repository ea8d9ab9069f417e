import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import { OptionalInstant } from "../../../../functions/ingest/github/timestamps.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";
import { factsOfMade, MadeRuns } from "./made-runs.ts";

const scratch = scratchDatabase();

const RECOUNTED = `
  select r.repo_id, r.branch, r.sha, min((a.snapshot->'head_commit'->>'timestamp')::timestamptz) as committed_at,
    min(r.created_at) as first_run_at
  from github.runs r join github.attempts a using (run_id, attempt) where r.head_repo_id = r.repo_id group by 1, 2, 3`;

test("head commits are what the runs say, whatever arrives first or at the same time", async () => {
  const { db, pool } = scratch();
  let repoId = 1;
  await fc.assert(
    fc.asyncProperty(MadeRuns, fc.infiniteStream(fc.nat()), async (runs, luck) => {
      repoId += 2;
      const { attempts } = factsOfMade(repoId, runs);
      const shuffled = attempts
        .map((attempt) => ({ attempt, place: luck.next().value }))
        .sort((a, b) => a.place - b.place)
        .map(({ attempt }) => attempt);
      const parts = [0, 1, 2].map((part) => shuffled.filter((_, index) => index % 3 === part));
      await Promise.all(
        parts.map((some) => db.transaction((tx) => storeGithubFacts(tx, mergeFacts([{ attempts: some }])))),
      );
      const { rows } = await pool.query(`
        select * from (${RECOUNTED}) as counted full join github.heads kept using (repo_id, branch, sha, committed_at, first_run_at)
        where counted.repo_id is null or kept.repo_id is null`);
      expect(rows).toEqual([]);
    }),
    { numRuns: 25 },
  );
  const { rows } = await pool.query("select count(*)::int as heads from github.heads");
  expect(rows[0]?.heads).toBeGreaterThan(25);
});

test("a time that GitHub counts in seconds, or tells of late, is kept", async () => {
  const { db, pool } = scratch();
  const [run] = fc.sample(MadeRuns, 200).flat();
  if (run === undefined) throw new Error("no run was made");
  const { attempts } = factsOfMade(700_001, [{ ...run, isFork: false, earlier: [] }]);
  const told = (timestamp: unknown) =>
    attempts.map((attempt) => ({ ...attempt, committedAt: OptionalInstant.parse(timestamp) }));
  const stored = async (timestamp: unknown) => {
    await db.transaction((tx) => storeGithubFacts(tx, mergeFacts([{ attempts: told(timestamp) }])));
    const { rows } = await pool.query("select committed_at from github.heads where repo_id = 700001");
    return rows.map(({ committed_at }) => committed_at?.toISOString() ?? null);
  };
  expect(await stored(null)).toEqual([null]);
  expect(await stored(1_742_000_000)).toEqual(["2025-03-15T00:53:20.000Z"]);
  expect(await stored("2025-03-15T02:53:20.75+02:00")).toEqual(["2025-03-15T00:53:20.000Z"]);
});
