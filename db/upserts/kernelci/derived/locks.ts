import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { builds, checkouts, incidents, tests } from "../../../schema/index.ts";
import type { Objects } from "../objects.ts";
import { eachOf, idsOf, listIds } from "./ids.ts";

/*
 * Counts move by what one transaction adds to what others stored, so nothing a count looks at may change under it.
 * Every transaction takes its locks in this order, sorted within each step:
 *   source      shared by all; alone for a recount, and for a batch of more parents than locks are worth
 *   incidents   alone, by batches that bring some: the earliest of a test's incidents decides
 *   tests       by slots of their ids: alone where incidents name them, shared where they are submitted
 *   builds      alone: those submitted and those of all tests above
 *   checkouts   alone where a row is new or a field of its identity gets filled, else shared
 */
const SOURCE = "kernelci";
const INCIDENTS = "kernelci incidents";
const TEST_SLOTS = 128;
const MOST_BUILDS = 400;

type Lock = { name: string; alone: boolean };

/** What a transaction may rely on: `alone` it is the only one in the source, else the builds named are its own. */
export type Held = { alone: boolean; builds: Set<string>; incidentTests: string[] };

/** Locks everything that objects, folded by id, can change a count of. The first statements of a transaction that stores. */
export async function lockObjects(tx: Database, objects: Objects): Promise<Held> {
  const parents = new Set([...objects.builds.map(({ id }) => id), ...objects.tests.map(({ buildId }) => buildId)]);
  const alone = parents.size + objects.checkouts.length > MOST_BUILDS;
  const held: Held = { alone, builds: parents, incidentTests: [] };
  if (alone) {
    await lockSource(tx);
    if (objects.incidents.length > 0) held.incidentTests = await namedTests(tx, objects.incidents);
    return held;
  }
  const source = { name: SOURCE, alone: false };
  if (objects.incidents.length === 0) {
    await take(tx, [[source], slotsOf(objects.tests, []), buildLocks(parents)], objects.tests);
  } else {
    await take(tx, [[source, { name: INCIDENTS, alone: true }]]);
    held.incidentTests = await namedTests(tx, objects.incidents);
    await take(tx, [slotsOf(objects.tests, held.incidentTests)]);
    const named = held.incidentTests.map((id) => ({ id }));
    for (const id of await buildsOfTests(tx, named)) parents.add(id);
    await take(tx, [buildLocks(parents)], objects.tests);
  }
  await lockCheckouts(tx, objects, parents);
  return held;
}

/** Waits until nobody else stores, and keeps everybody out until the transaction ends. */
export async function lockSource(tx: Database): Promise<void> {
  await take(tx, [[{ name: SOURCE, alone: true }]]);
}

/**
 * Makes sure of the builds that known tests are stored under, should the submission name others. They are locked unless
 * somebody else stored the same tests under them just now; then they are locked out of order, which in the worst case
 * ends in a deadlock that the database breaks, and the batch is tried again.
 */
export async function lockStoredBuilds(tx: Database, held: Held, known: readonly { id: string }[]): Promise<void> {
  if (held.alone || known.length === 0) return;
  const others = (await buildsOfTests(tx, known)).filter((id) => !held.builds.has(id));
  if (others.length === 0) return;
  await take(tx, [buildLocks(others)]);
  await lockCheckouts(tx, { checkouts: [], builds: [] }, others);
}

function buildLocks(ids: Iterable<string>): Lock[] {
  return [...ids].map((id) => ({ name: `kernelci build ${id}`, alone: true }));
}

function slotsOf(submitted: readonly { id: string }[], named: readonly string[]): Lock[] {
  const slots = new Map<number, boolean>();
  for (const { id } of submitted) slots.set(slotOf(id), false);
  for (const id of named) slots.set(slotOf(id), true);
  return [...slots].map(([slot, alone]) => ({ name: `kernelci tests ${slot}`, alone }));
}

function slotOf(id: string): number {
  let hash = 0;
  for (let at = 0; at < id.length; at += 1) hash = (Math.imul(hash, 31) + id.charCodeAt(at)) | 0;
  return (hash >>> 0) % TEST_SLOTS;
}

/** Takes locks step by step, in one statement; at last also the builds that the given tests are stored under. */
async function take(
  tx: Database,
  steps: readonly (readonly Lock[])[],
  ofTests: readonly { id: string }[] = [],
): Promise<void> {
  const locks = steps.flatMap((step, rank) => step.map((lock) => ({ ...lock, rank })));
  if (locks.length + ofTests.length === 0) return;
  const keys = sql`select rank, hashtextextended(name, 0) as key, bool_or(alone) as alone from (
      select * from jsonb_to_recordset(${JSON.stringify(locks)}::jsonb) as given(rank integer, name text, alone boolean)
      union all
      select ${steps.length - 1}::integer, 'kernelci build ' || t.build_id, true from (${idsIn(ofTests)}) as given ${eachOf(tests, "t", "id = given.id")}
    ) as named group by 1, 2 order by 1, 2`;
  await tx.execute(locked(keys));
}

/** Compiling is off until the transaction ends: what follows goes row by row, and looks dearer than it is. */
function locked(keys: SQL): SQL {
  return sql`select case when alone then pg_advisory_xact_lock(key) else pg_advisory_xact_lock_shared(key) end,
    set_config('jit', 'off', true) from (${keys}) as sorted`;
}

async function lockCheckouts(
  tx: Database,
  objects: Pick<Objects, "checkouts" | "builds">,
  buildIds: Iterable<string>,
): Promise<void> {
  const identities = objects.checkouts.map((c) => ({
    id: c.id,
    tree: c.treeName,
    url: c.gitRepositoryUrl,
    branch: c.gitRepositoryBranch,
    hash: c.gitCommitHash,
  }));
  const given = new Map(objects.builds.map(({ id, checkoutId }) => [id, checkoutId]));
  const parents = [...buildIds].map((id) => ({ id, checkout: given.get(id) }));
  await tx.execute(
    locked(sql`
      select hashtextextended('kernelci checkout ' || id, 0) as key, bool_or(alone) as alone from (
        select coalesce(b.checkout_id, g.checkout) as id, false as alone
        from jsonb_to_recordset(${JSON.stringify(parents)}::jsonb) as g(id text, checkout text)
        left join lateral (select checkout_id from ${builds} where id = g.id offset 0) b on true
        union all
        select g.id, c.id is null or (c.tree_name is null and g.tree is not null)
          or (c.git_repository_url is null and g.url is not null) or (c.git_repository_branch is null and g.branch is not null)
          or (c.git_commit_hash is null and g.hash is not null)
        from jsonb_to_recordset(${JSON.stringify(identities)}::jsonb) as g(id text, tree text, url text, branch text, hash text)
        left join lateral (select * from ${checkouts} where id = g.id offset 0) c on true
      ) as named where id is not null group by 1 order by 1`),
  );
}

/** The tests that incidents are, or will be, stored with. */
async function namedTests(tx: Database, given: Objects["incidents"]): Promise<string[]> {
  const sent = given.map(({ id, testId }) => ({ id, test: testId }));
  return await listIds(
    tx,
    sql`select distinct coalesce(i.test_id, g.test) as id
      from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) as g(id text, test text) left join lateral (select test_id from ${incidents} where id = g.id offset 0) i on true
      where coalesce(i.test_id, g.test) is not null`,
  );
}

async function buildsOfTests(tx: Database, given: readonly { id: string }[]): Promise<string[]> {
  if (given.length === 0) return [];
  return await listIds(
    tx,
    sql`select distinct t.build_id as id from (${idsIn(given)}) as given ${eachOf(tests, "t", "id = given.id")}`,
  );
}

const idsIn = (objects: readonly { id: string }[]): SQL => idsOf(objects.map(({ id }) => id));
