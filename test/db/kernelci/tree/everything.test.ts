import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import type { TreeAddress } from "../../../../db/queries/kernelci/tree/checkouts.ts";
import { everythingOfCommit } from "../../../../db/queries/kernelci/tree/full.ts";
import { insertRows } from "../../../support/kernelci-rows.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";
import { Commit, Wanted } from "./made-commits.ts";
import { everythingByRows, type Said } from "./model.ts";

const scratch = scratchDatabase();
const Items = z.array(z.object({ id: z.string() })).transform((items) => items.map(({ id }) => id).sort());

const instant = (minutes: number) => new Date(Date.UTC(2025, 1, 3, 10, minutes)).toISOString();
let runs = 0;

/** Stores a commit under an origin of its own, and says where it is and how its ids are made. */
async function stored({ builds, tests, incidents }: Commit) {
  const { pool } = scratch();
  runs += 1;
  const [origin, hash] = [`o${runs}`, `h${runs}`];
  const name = (what: string, n: number) =>
    what === "b" && builds[n]?.isDummy ? `maestro:dummy_${origin}_${n}` : `${origin}:${what}${n}`;
  const place = { origin, tree_name: "t", git_repository_branch: "b", git_commit_hash: hash, _timestamp: instant(0) };
  await insertRows(
    pool,
    "checkouts",
    [0, 1].map((n) => ({ id: name("c", n), ...place })),
  );
  await insertRows(
    pool,
    "builds",
    builds.map(({ checkout, isDummy, platform, ...build }, n) => ({
      id: name("b", n),
      origin,
      checkout_id: name("c", checkout),
      misc: platform === null ? null : { platform },
      ...build,
    })),
  );
  await insertRows(
    pool,
    "tests",
    tests.map(({ build, platform, compatible, runtime, ...one }, n) => ({
      ...{ id: name("t", n), origin, build_id: name("b", build), ...one },
      ...{
        environment_misc: platform === null ? null : { platform },
        environment_compatible: compatible,
        misc: { runtime },
      },
    })),
  );
  await insertRows(
    pool,
    "incidents",
    incidents.map(({ issue, version, test: of, build }, n) => ({
      ...{ id: name("n", n), origin, issue_id: `i${issue}`, issue_version: version },
      ...{ test_id: of === null ? null : name("t", of), build_id: build === null ? null : name("b", build) },
    })),
  );
  const address: TreeAddress = { commit: hash, origin, tree: "t", branch: "b", url: "" };
  return { address, name };
}

test("everything of a commit is what its rows say one by one, whatever the filters", { timeout: 120_000 }, async () => {
  const { pool, db } = scratch();
  const issues = [0, 1, 2].map((n) => ({ id: `i${n}`, version: 1, origin: "o", _timestamp: instant(60 - n) }));
  await insertRows(pool, "issues", issues);
  await fc.assert(
    fc.asyncProperty(Commit, fc.array(Wanted, { minLength: 1, maxLength: 4 }), async (commit, choices) => {
      const { address, name } = await stored(commit);
      for (const filters of choices) {
        const found = await everythingOfCommit(db, address, filters);
        const expected = everythingByRows(commit, filters, name);
        for (const kind of ["builds", "boots", "tests"] as const) {
          const told = found.told.filter((one) => one.kind === kind);
          const unknown = found.unknown.find((one) => one.kind === kind);
          const said: Said = {
            items: Items.parse(JSON.parse(found[kind])),
            told: Object.fromEntries(told.map(({ id, status, n }) => [`${id} ${status}`, n])),
            unknown: unknown?.n ?? 0,
            offered: found.offered.issues
              .filter((one) => one.kind === kind)
              .map(({ id, version }) => `${id},${version}`),
            seen: unknown?.seen ?? false,
          };
          expect({ kind, ...said }).toEqual({ kind, ...expected[kind] });
          const counted = found.tallies.filter((one) => one.kind === kind && one.dimension === "status");
          expect(counted.reduce((sum, { n }) => sum + n, 0)).toBe(said.items.length);
        }
      }
    }),
    { numRuns: 120 },
  );
});
