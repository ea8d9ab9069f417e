import type { Database } from "../../client.ts";
import { builds, checkouts, incidents, issues, tests } from "../../schema/index.ts";
import { keepCounts } from "./derived/keep-counts.ts";
import { lockObjects } from "./derived/locks.ts";
import { foldedById, insertNew, upsertFirstValues } from "./first-value-wins.ts";
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
  await upsertFirstValues(tx, issues, rows.issues);
  const inserted = {
    checkouts: await insertNew(tx, checkouts, rows.checkouts),
    builds: await insertNew(tx, builds, rows.builds),
    tests: await insertNew(tx, tests, rows.tests),
  };
  await keepCounts(tx, { held, rows, inserted, submitted: submitted.checkouts }, async (known) => {
    await upsertFirstValues(tx, checkouts, known.checkouts);
    await upsertFirstValues(tx, builds, known.builds);
    await upsertFirstValues(tx, tests, known.tests);
    await upsertFirstValues(tx, incidents, rows.incidents);
  });
  await countSubmissions(tx, submissions);
}
