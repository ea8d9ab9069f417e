import { beforeEach, expect, test } from "vitest";
import { rebuildDerived } from "../../../db/upserts/kernelci/derived/rebuild.ts";
import { countPrunable, type Pruning } from "../../../db/upserts/kernelci/prunable.ts";
import { pruneBatch } from "../../../db/upserts/kernelci/prune.ts";
import { storeSubmissions } from "../../../db/upserts/kernelci/store.ts";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import { oneOf, seeded } from "../../faults/random.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";
import { countsOf, type StoredObjects } from "./counts-model.ts";
import { derivedRows, emptyTables, keptCounts, storedObjects } from "./derived-tables.ts";
import { madeSubmission } from "./made-submissions.ts";

const scratch = scratchDatabase();
const TABLES = ["checkouts", "builds", "tests"] as const;
const ALL: Pruning = { before: "2025-02-01T00:00:00Z", origins: undefined, tables: TABLES, keepsIncidents: true };

beforeEach(() => emptyTables(scratch().pool));

/** Made submissions, of whose objects half were last submitted before 2025-02-01. */
async function fill(seed: number): Promise<StoredObjects> {
  const { pool, db } = scratch();
  const random = seeded(seed);
  const submissions = Array.from({ length: 12 }, () => ({
    receiptId: newReceiptId(),
    objects: madeSubmission(random),
  }));
  await db.transaction((tx) => storeSubmissions(tx, submissions));
  const stored = await storedObjects(pool);
  for (const table of TABLES)
    for (const { id } of stored[table])
      await pool.query(`update kernelci.${table} set _timestamp = $2 where id = $1`, [
        id,
        oneOf(random, ["2025-01-01T00:00:00Z", "2025-03-01T00:00:00Z"]),
      ]);
  return await storedObjects(pool);
}

/** Prunes by small batches; after each, every count is that of a recount. */
async function prune(pruning: Pruning, limit: number): Promise<StoredObjects> {
  const { pool, db } = scratch();
  for (const table of TABLES.filter((name) => pruning.tables.includes(name))) {
    const ids = (await storedObjects(pool))[table].map(({ id }) => String(id));
    for (let went = 1; went > 0; ) {
      const counts = await db.transaction((tx) => pruneBatch(tx, pruning, { table, ids }, limit));
      went = counts.checkouts + counts.builds + counts.tests;
      expect(went).toBeLessThanOrEqual(limit);
      expect(await keptCounts(pool), `${table}, ${went} gone`).toEqual(countsOf(await storedObjects(pool)));
    }
  }
  return await storedObjects(pool);
}

/** The rule once more in plain words: ids that go, by table. */
function expected({ checkouts, builds, tests, incidents }: StoredObjects, pruning: Pruning) {
  const isOld = (row: Record<string, unknown>) =>
    Date.parse(String(row._timestamp)) < Date.parse(pruning.before) &&
    (pruning.origins === undefined || pruning.origins.includes(String(row.origin)));
  const has = (key: string, id: unknown) => incidents.some((incident) => incident[key] === id);
  const keptTest = (id: unknown) => pruning.keepsIncidents && has("test_id", id);
  const keptBuild = (id: unknown) =>
    pruning.keepsIncidents && (has("build_id", id) || tests.some((t) => t.build_id === id && keptTest(t.id)));
  const keptCheckout = (id: unknown) => builds.some((b) => b.checkout_id === id && keptBuild(b.id));
  const isSelected = (table: (typeof TABLES)[number]) => pruning.tables.includes(table);
  const ids = (rows: Record<string, unknown>[]) => new Set(rows.map(({ id }) => id));
  const goneCheckouts = ids(isSelected("checkouts") ? checkouts.filter((c) => isOld(c) && !keptCheckout(c.id)) : []);
  const goneBuilds = ids(
    isSelected("builds")
      ? builds.filter((b) => goneCheckouts.has(b.checkout_id) || (isOld(b) && !keptBuild(b.id)))
      : [],
  );
  const goneTests = ids(
    isSelected("tests") ? tests.filter((t) => goneBuilds.has(t.build_id) || (isOld(t) && !keptTest(t.id))) : [],
  );
  return { checkouts: goneCheckouts, builds: goneBuilds, tests: goneTests };
}

const CASES: [string, Partial<Pruning>][] = [
  ["everything", {}],
  ["of one origin", { origins: ["ti"] }],
  ["also what has incidents", { keepsIncidents: false }],
  ["tests alone", { tables: ["tests"] }],
  ["builds alone, whose tests then wait", { tables: ["builds"] }],
  ["checkouts alone, whose builds then wait", { tables: ["checkouts"], keepsIncidents: false }],
  ["checkouts and tests", { tables: ["checkouts", "tests"] }],
];

test.each(CASES)("%s: what the rule says goes, counted out batch by batch", { timeout: 120_000 }, async (_, change) => {
  const { pool, db } = scratch();
  const pruning = { ...ALL, ...change };
  let gone = 0;
  for (const seed of [11, 12, 13]) {
    await emptyTables(pool);
    const before = await fill(seed);
    const rule = expected(before, pruning);
    const sizes = { checkouts: rule.checkouts.size, builds: rule.builds.size, tests: rule.tests.size };
    expect(await countPrunable(db, pruning)).toEqual(sizes);
    const after = await prune(pruning, 3);
    for (const table of TABLES) {
      const left = before[table].filter(({ id }) => !rule[table].has(id)).map(({ id }) => id);
      expect(after[table].map(({ id }) => id).sort()).toEqual(left.sort());
      gone += rule[table].size;
    }
    expect(after.incidents).toEqual(before.incidents);
    // A rebuild may add latest checkouts, as of identities that only several submissions together made.
    const { latest_checkout: _, ...kept } = await derivedRows(pool);
    await db.transaction((tx) => rebuildDerived(tx));
    expect(await derivedRows(pool)).toMatchObject(kept);
  }
  expect(gone).toBeGreaterThan(2);
});

test("what was pruned and is submitted again counts again", async () => {
  const { pool, db } = scratch();
  const objects = madeSubmission(seeded(5));
  const store = () => db.transaction((tx) => storeSubmissions(tx, [{ receiptId: newReceiptId(), objects }]));
  await store();
  const kept = await keptCounts(pool);
  await prune({ ...ALL, before: "2100-01-01T00:00:00Z", keepsIncidents: false }, 1_000);
  expect(await storedObjects(pool)).toMatchObject({ checkouts: [], builds: [], tests: [] });
  await store();
  expect(await keptCounts(pool)).toEqual(kept);
});
