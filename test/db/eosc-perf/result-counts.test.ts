import { afterEach, expect, test } from "vitest";
import { storeClaim } from "../../../db/upserts/eosc-perf/claims.ts";
import { hideResult } from "../../../db/upserts/eosc-perf/results.ts";
import { rejectRestoring } from "../../../db/upserts/eosc-perf/review.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";
import { madePlace, OWNER, type Place, storeDocuments } from "./stored-results.ts";

const scratch = scratchDatabase();
const documents = (count: number) => Array.from({ length: count }, (_, i) => `{"n": ${i}}`);

/** Results shown at a place, by the counters. */
async function shown({ benchmark }: Place): Promise<number> {
  const { rows } = await scratch().pool.query<{ shown: number }>(
    "select coalesce(sum(shown), 0)::int as shown from eosc_perf.result_count where benchmark_id = $1",
    [benchmark],
  );
  return rows[0]?.shown ?? -1;
}

afterEach(async () => {
  const { rows } = await scratch().pool.query(
    `select benchmark_id, flavor_id, site_id, coalesce(c.shown, 0)::int as kept, coalesce(r.shown, 0)::int as counted
     from eosc_perf.result_count c full join (
       select benchmark_id, flavor_id, site_id, count(*) as shown from eosc_perf.result where not deleted group by 1, 2, 3
     ) r using (benchmark_id, flavor_id, site_id)
     where coalesce(c.shown, 0) <> coalesce(r.shown, 0)`,
  );
  expect(rows).toEqual([]);
  const orphans = await scratch().pool.query(
    "select v.* from eosc_perf.result_value v where not exists (select from eosc_perf.result r where r.key = v.key)",
  );
  expect(orphans.rows).toEqual([]);
});

test("results count once while they are shown: stored, hidden twice, claimed, restored, deleted", async () => {
  const { pool, db } = scratch();
  const place = await madePlace(pool);
  const [one = "", two = ""] = await storeDocuments(pool, place, documents(5));
  expect(await shown(place)).toBe(5);
  await hideResult(db, one);
  await hideResult(db, one);
  const claim: { id: string } = JSON.parse((await storeClaim(db, two, "wrong", OWNER)) ?? "{}");
  expect(await shown(place)).toBe(3);
  expect(await rejectRestoring(db, claim.id)).toBe("done");
  expect(await shown(place)).toBe(4);
  await pool.query("delete from eosc_perf.result where id = any($1)", [[one, two]]);
  expect(await shown(place)).toBe(3);
});

test("a rejected claim doesn't show what an admin deleted, before or after the claim", async () => {
  const { pool, db } = scratch();
  const place = await madePlace(pool);
  const stored = await storeDocuments(pool, place, documents(2));
  for (const [turn, id] of stored.entries()) {
    if (turn === 0) await hideResult(db, id);
    const claim: { id: string } = JSON.parse((await storeClaim(db, id, "wrong", OWNER)) ?? "{}");
    if (turn === 1) await hideResult(db, id);
    expect(await rejectRestoring(db, claim.id)).toBe("done");
  }
  expect(await shown(place)).toBe(0);
});

test.each(["flavor", "site", "benchmark"] as const)("a %s takes its counts with it", async (table) => {
  const { pool } = scratch();
  const place = await madePlace(pool);
  await storeDocuments(pool, place, documents(3));
  const other = await madePlace(pool);
  await storeDocuments(pool, other, documents(2));
  await pool.query(`delete from eosc_perf.${table} where id = $1`, [place[table]]);
  expect(await shown(place)).toBe(0);
  const left = "select from eosc_perf.result_count where benchmark_id = $1";
  expect((await pool.query(left, [place.benchmark])).rowCount).toBe(0);
  expect(await shown(other)).toBe(2);
});

test("parallel changes are all counted, and name each path once", async () => {
  const { pool, db } = scratch();
  const places = [await madePlace(pool), await madePlace(pool)];
  const stored = await Promise.all(
    Array.from({ length: 24 }, async (_, i) => {
      const place = places[i % 2];
      return place === undefined ? [] : await storeDocuments(pool, place, documents(10));
    }),
  );
  const ids = stored.flat();
  await Promise.all([
    ...ids.slice(0, 100).map((id) => hideResult(db, id)),
    ...ids.slice(50, 150).map((id) => hideResult(db, id)),
    ...places.map((place) => storeDocuments(pool, place, documents(10))),
  ]);
  const totals = await Promise.all(places.map(shown));
  expect(totals.reduce((sum, count) => sum + count, 0)).toBe(240 + 20 - 150);
});
