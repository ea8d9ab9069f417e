import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { FILTER_OPERATORS, type Filter } from "../../../db/queries/eosc-perf/filters.ts";
import type { ResultSort } from "../../../db/queries/eosc-perf/result-order.ts";
import { type ResultChoice, resultsBy } from "../../../db/queries/eosc-perf/results.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";
import { document, path, value } from "./random-documents.ts";
import { madePlace, storeDocuments } from "./stored-results.ts";

const scratch = scratchDatabase();
const Ids = z.array(z.object({ id: z.string() }).transform(({ id }) => id));
const page = { page: 1, per_page: 100 };

/** What a list answers. */
async function listedIds(choice: ResultChoice, sorts: readonly ResultSort[]): Promise<string[]> {
  const { items, total } = await resultsBy(scratch().db, { ...choice, sorts, page });
  const ids = Ids.parse(JSON.parse(items));
  expect(total).toBe(ids.length);
  return ids;
}

/** The same, looked up in the documents alone. */
async function readIds(benchmark: string, filters: readonly Filter[], sorts: readonly ResultSort[]): Promise<string[]> {
  const parameters: unknown[] = [benchmark];
  const bound = (given: unknown) => `$${parameters.push(given)}`;
  const conditions = filters.map(({ path: members, operator, value: wanted }) => {
    const found = `json #>> ${bound(members.split("."))}::text[]`;
    const compares = operator === "==" ? "=" : operator;
    if (typeof wanted === "string") return `(${found}) collate "C" ${compares} ${bound(wanted)}`;
    const type = typeof wanted === "number" ? "float8" : "boolean";
    const bounded = type === "boolean" ? "true" : `(${found})::float8 not in ('nan', 'inf', '-inf')`;
    return `case when pg_input_is_valid(${found}, '${type}') then ${bounded} and (${found})::${type} ${compares} ${bound(wanted)}::${type} end`;
  });
  const keys = sorts.map(({ field, descending }) => {
    const members = field.slice("json.".length).split(".");
    return `json${members.map((member) => ` -> ${bound(member)}::text`).join("")} ${descending ? "desc" : "asc"}`;
  });
  const { rows } = await scratch().pool.query(
    `select id from eosc_perf.result where ${["not deleted", "benchmark_id = $1", ...conditions].join(" and ")}
     order by ${[...keys, "key"].join(", ")}`,
    parameters,
  );
  return Ids.parse(rows);
}

const filter: fc.Arbitrary<Filter> = fc.record({ path, operator: fc.constantFrom(...FILTER_OPERATORS), value });
const sort: fc.Arbitrary<ResultSort> = fc.record({
  field: path.map((to) => `json.${to}` as const),
  descending: fc.boolean(),
});
const question = fc.record({
  filters: fc.array(filter, { maxLength: 2 }),
  sorts: fc.array(sort, { minLength: 1, maxLength: 2 }),
});

test("filters and orders say of random documents what the documents say", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { minLength: 1, maxLength: 12 }),
      fc.array(question, { minLength: 6, maxLength: 6 }),
      async (documents, questions) => {
        const place = await madePlace(scratch().pool);
        await storeDocuments(scratch().pool, place, documents);
        for (const { filters, sorts } of questions) {
          const wanted = await readIds(place.benchmark, filters, sorts);
          expect(await listedIds({ benchmark_id: place.benchmark, filters }, sorts)).toEqual(wanted);
          expect(await listedIds({ site_id: place.site, filters }, sorts)).toEqual(wanted);
        }
      },
    ),
    { numRuns: 120 },
  );
});

test("documents with too much in them are found and ordered by themselves", async () => {
  const place = await madePlace(scratch().pool);
  const wide = Object.fromEntries(Array.from({ length: 2_100 }, (_, i) => [`m${i}`, i]));
  const deep = (depth: number): object => (depth === 0 ? { a: 7 } : { n: deep(depth - 1) });
  const documents = [wide, deep(25), { ["k".repeat(1_100)]: 3, m7: 1 }, { m7: "7" }, { m7: 7.5 }, {}, [{ m7: 7 }], 7];
  const ids = await storeDocuments(
    scratch().pool,
    place,
    documents.map((one) => JSON.stringify(one)),
  );
  const { rows } = await scratch().pool.query(
    "select count(*)::int as unindexed from eosc_perf.result where benchmark_id = $1 and not indexed",
    [place.benchmark],
  );
  expect(rows).toEqual([{ unindexed: 3 }]);
  const found = (to: string, operator: Filter["operator"], wanted: Filter["value"]) =>
    listedIds({ benchmark_id: place.benchmark, filters: [{ path: to, operator, value: wanted }] }, [
      { field: "json.m7", descending: false },
    ]);
  expect(await found("m7", ">=", 7)).toEqual([ids[3], ids[0], ids[4]]);
  expect(await found(`${"n.".repeat(25)}a`, "==", 7)).toEqual([ids[1]]);
  expect(await found("k".repeat(1_100), "<", "5")).toEqual([ids[2]]);
});
