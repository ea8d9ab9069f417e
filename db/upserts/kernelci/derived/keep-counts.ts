import type { Database } from "../../../client.ts";
import type { NewCheckout, Objects } from "../objects.ts";
import { applyMoves } from "./apply.ts";
import { countedBefore, NOTHING_BEFORE } from "./before.ts";
import { type Held, lockStoredBuilds } from "./locks.ts";
import { keepWaiting } from "./waiting.ts";

/** Objects with children, or with counts of their own. */
export type CountedObjects = Pick<Objects, "checkouts" | "builds" | "tests">;

/** What a transaction stores: `rows` folded by id, the ids it was the first to insert, checkouts as each was submitted. */
export type Stored = {
  held: Held;
  rows: CountedObjects;
  inserted: Record<keyof CountedObjects, ReadonlySet<string>>;
  submitted: readonly NewCheckout[];
};

/**
 * Keeps the derived tables equal to a recount while `fill` writes what known objects gain, and incidents. The caller
 * holds `lockObjects` and has inserted the new objects.
 */
export async function keepCounts(
  tx: Database,
  { held, rows, inserted, submitted }: Stored,
  fill: (known: CountedObjects) => Promise<void>,
): Promise<void> {
  const known = {
    checkouts: rows.checkouts.filter(({ id }) => !inserted.checkouts.has(id)),
    builds: rows.builds.filter(({ id }) => !inserted.builds.has(id)),
    tests: rows.tests.filter(({ id }) => !inserted.tests.has(id)),
  };
  // The new tests of new builds are among all tests of these.
  const loose = rows.tests.filter(({ id, buildId }) => inserted.tests.has(id) && !inserted.builds.has(buildId));
  const fresh = { ...inserted, tests: new Set(idsIn(loose)) };
  await lockStoredBuilds(tx, held, known.tests);
  const before = hasPast(known, loose, held)
    ? await countedBefore(tx, known, fresh, held.incidentTests)
    : NOTHING_BEFORE;
  await fill(known);
  const { changed } = before;
  const touched = {
    tests: [...new Set([...fresh.tests, ...changed.tests, ...held.incidentTests])],
    builds: [...fresh.builds, ...changed.builds],
    checkouts: [...fresh.checkouts, ...changed.checkouts],
  };
  if (isNothing(touched) && submitted.length === 0) return;
  const { waiting } = await applyMoves(tx, touched, before.counted, submitted);
  if (waiting) await keepWaiting(tx, fresh, touched);
}

/** False where everything is new down from its build: then nothing was counted before. */
function hasPast({ checkouts, builds, tests }: CountedObjects, loose: readonly unknown[], held: Held): boolean {
  return checkouts.length + builds.length + tests.length + loose.length + held.incidentTests.length > 0;
}

const isNothing = ({ tests, builds, checkouts }: Record<keyof CountedObjects, readonly string[]>) =>
  tests.length + builds.length + checkouts.length === 0;

function idsIn(objects: readonly { id: string }[]): string[] {
  return objects.map(({ id }) => id);
}
