import type { Database } from "../../client.ts";
import { builds, checkouts, incidents, issues, tests } from "../../schema/index.ts";
import { keepCounts } from "./derived/keep-counts.ts";
import { lockObjects } from "./derived/locks.ts";
import { foldedById, insertNew, upsertFirstValues } from "./first-value-wins.ts";
import type { MetricTable } from "./metrics/facts.ts";
import { keepDays } from "./metrics/keep-days.ts";
import { countObjects } from "./object-counts.ts";
import { allObjects, type Objects, type Submission } from "./objects.ts";
import { countSubmissions } from "./submission-counts.ts";
import { withTreeNames } from "./tree-names.ts";

/**
 * Writes everything a batch of submissions says, inside the caller's transaction: table by table in one order, each
 * sorted by id, then what derives from it.
 */
export async function storeSubmissions(tx: Database, submissions: readonly Submission[]): Promise<void> {
  const sent = allObjects(submissions);
  const submitted: Objects = { ...sent, checkouts: await withTreeNames(tx, sent.checkouts) };
  const rows: Objects = {
    checkouts: foldedById(submitted.checkouts),
    builds: foldedById(submitted.builds),
    tests: foldedById(submitted.tests),
    issues: foldedById(submitted.issues),
    incidents: foldedById(submitted.incidents),
  };
  const held = await lockObjects(tx, rows);
  const inserted = {
    issues: await insertNew(tx, issues, rows.issues),
    checkouts: await insertNew(tx, checkouts, rows.checkouts),
    builds: await insertNew(tx, builds, rows.builds),
    tests: await insertNew(tx, tests, rows.tests),
  };
  const moves = Object.values(inserted).flatMap(({ moves }) => moves);
  const fill = async <T extends MetricTable>(table: T, known: readonly T["$inferInsert"][]) => {
    for (const move of await upsertFirstValues(tx, table, known)) moves.push(move);
  };
  await fill(issues, without(rows.issues, inserted.issues.ids));
  const fresh = { checkouts: inserted.checkouts.ids, builds: inserted.builds.ids, tests: inserted.tests.ids };
  await keepCounts(tx, { held, rows, inserted: fresh, submitted: submitted.checkouts }, async (known) => {
    await fill(checkouts, known.checkouts);
    await fill(builds, known.builds);
    await fill(tests, known.tests);
    const found = await insertNew(tx, incidents, rows.incidents);
    for (const move of found.moves) moves.push(move);
    await fill(incidents, without(rows.incidents, found.ids));
  });
  await keepDays(tx, moves);
  await countObjects(tx, submissions);
  await countSubmissions(tx, submissions);
}

const without = <R extends { id: string }>(rows: readonly R[], ids: ReadonlySet<string>): R[] =>
  rows.filter(({ id }) => !ids.has(id));
