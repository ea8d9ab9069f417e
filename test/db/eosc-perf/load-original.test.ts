import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { benchmarksBy } from "../../../db/queries/eosc-perf/benchmarks.ts";
import { claimsBy } from "../../../db/queries/eosc-perf/claims.ts";
import type { Listed } from "../../../db/queries/eosc-perf/listed.ts";
import { type ResultChoice, resultOf, resultsBy } from "../../../db/queries/eosc-perf/results.ts";
import { resultsFound } from "../../../db/queries/eosc-perf/results-found.ts";
import { submitsBy } from "../../../db/queries/eosc-perf/submits.ts";
import { storeClaim } from "../../../db/upserts/eosc-perf/claims.ts";
import { hideResult } from "../../../db/upserts/eosc-perf/results.ts";
import { copyIn } from "../../support/copy-in.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";

const scratch = scratchDatabase();

const ISS = "https://issuer.example.org";
const id = (kind: number, n: number) => `${kind}0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const upload = ["sub-1", ISS, "2022-03-04 05:06:07.080910"];
const [benchmark, waiting, site, one, two, claim, big, small] = [
  id(1, 1),
  id(1, 2),
  id(2, 1),
  id(3, 1),
  id(3, 2),
  id(4, 1),
  id(5, 1),
  id(5, 2),
];

/** Documents as benchmarks of one name sent them over the years; those with an odd number ran on flavor `two`. */
const DOCUMENTS = [
  '{"machine": {"cpu": {"count": 8, "brand": "A\\\\B"}}, "score": 41.5}',
  '{"machine": {"cpu": {"count": 16}}, "score": 12.0}',
  '{"machine": {"cpu": {"count": "many"}}, "score": null}',
  '{"machine": {"cpu": {"count": "4"}}, "score": 9007199254740993, "list": [{"n": 1}, {"n": 2}]}',
  '{"machine": "a toaster", "score": true}',
  '{"a.b": [1, 2, 3], "score": {"of": 7}}',
  '{"machine": {"cpu": {"count": 64}}, "score": 99}',
];
const HIDDEN = 6;

/** The original's tables in an order that foreign keys take, with its columns alone (contract section 13). */
async function load(): Promise<void> {
  const { pool } = scratch();
  const copy = (into: string, rows: (string | boolean | null)[][]) => copyIn(pool, `eosc_perf.${into}`, rows);
  const uploader = "uploader_sub, uploader_iss, upload_datetime";
  await copy('"user" (sub, iss, email, registration_datetime)', [
    ["sub-1", ISS, "one@example.org", "2021-01-01 00:00:00"],
    ["sub-2", ISS, "two@example.org", "2021-01-02 00:00:00.5"],
  ]);
  await copy("submit (id, resource_type, upload_datetime)", [
    [id(9, 1), "benchmark", "2022-03-04 05:06:07"],
    [id(9, 2), "claim", "2022-05-04 05:06:07"],
  ]);
  await copy("tag (id, name, description)", [
    [big, "big", null],
    [small, "small", "of few cores"],
  ]);
  await copy(
    `benchmark (id, docker_image, docker_tag, url, json_schema, description, status, ${uploader}, _submit_report_id)`,
    [
      [benchmark, "org/bench", "v1", "https://example.org", '{"type":  "object"}', null, "approved", ...upload, null],
      [waiting, "org/other", "v1", "https://example.org", "{}", "a\tb\nc", "on_review", ...upload, id(9, 1)],
    ],
  );
  await copy(`site (id, name, address, description, status, ${uploader}, _submit_report_id)`, [
    [site, "Here", "127.0.0.1", null, "approved", ...upload, null],
  ]);
  await copy(`flavor (id, name, description, site_id, status, ${uploader}, _submit_report_id)`, [
    [one, "one core", null, site, "approved", ...upload, null],
    [two, "two cores", null, site, "approved", ...upload, null],
  ]);
  await copy(`claim (id, message, resource_type, status, ${uploader}, _submit_report_id)`, [
    [claim, "too good", "result", "on_review", "sub-2", ISS, "2022-05-04 05:06:07", id(9, 2)],
  ]);
  await copy(
    `result (id, json, execution_datetime, upload_datetime, deleted, benchmark_id, flavor_id, site_id, uploader_sub,
       uploader_iss, _claim_report_id)`,
    DOCUMENTS.map((document, n) => {
      const days = [`2022-04-0${n + 1} 00:00:00`, `2022-05-0${n + 1} 12:00:00`];
      const hidden = n === HIDDEN;
      const place = [benchmark, n % 2 === 0 ? one : two, site];
      return [id(6, n), document, ...days, hidden, ...place, "sub-1", ISS, hidden ? claim : null];
    }),
  );
  await copy("result_tags (result_id, tag_id)", [
    [id(6, 0), small],
    [id(6, 1), big],
    [id(6, 1), small],
  ]);
}

beforeAll(load);

const page = { page: 1, per_page: 100 };
const byTime = [{ field: "execution_datetime", descending: false }] as const;
const Items = z.array(z.looseObject({ id: z.string() }));

/** Which documents a list shows, by their numbers, and its total. */
function shown({ items, total }: Listed) {
  const numbers = Items.parse(JSON.parse(items)).map((item) => Number(item.id.slice(-12)));
  expect(numbers).toHaveLength(total);
  return numbers;
}

const listed = async (choice: ResultChoice) => shown(await resultsBy(scratch().db, { ...choice, sorts: byTime, page }));

test("lists, and their kept totals, show what was not hidden", async () => {
  expect(await listed({})).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await listed({ benchmark_id: benchmark })).toEqual([0, 1, 2, 3, 4, 5]);
  expect(await listed({ flavor_id: one })).toEqual([0, 2, 4]);
  expect(await listed({ flavor_id: two, site_id: site })).toEqual([1, 3, 5]);
  expect(await listed({ tags_ids: [small] })).toEqual([0, 1]);
  expect(await listed({ execution_after: "2022-04-03", upload_before: "2022-05-06" })).toEqual([3, 4]);
});

test.each([
  [{ path: "machine.cpu.count", operator: ">", value: 4 }, [0, 1]],
  [{ path: "machine.cpu.count", operator: "==", value: 4 }, [3]],
  [{ path: "machine.cpu.count", operator: "==", value: "many" }, [2]],
  [{ path: "machine.cpu.brand", operator: "==", value: "A\\B" }, [0]],
  [{ path: "score", operator: "==", value: true }, [4]],
  [{ path: "list.1.n", operator: "==", value: 2 }, [3]],
] as const)("a filter finds them: %j", async (filter, expected) => {
  expect(await listed({ filters: [filter] })).toEqual(expected);
  expect(await listed({ filters: [filter], benchmark_id: benchmark })).toEqual(expected);
});

test("orders by documents and searches do, too", async () => {
  const { db } = scratch();
  const sorts = [{ field: "json.score", descending: true }] as const;
  const sorted = shown(await resultsBy(db, { sorts, page }));
  expect(sorted).toEqual([5, 4, 3, 0, 1, 2]);
  const found = async (...terms: string[]) => shown(await resultsFound(db, { terms, sorts: byTime, page }));
  expect(await found("two cores", "bench:v1")).toEqual([1, 3, 5]);
  expect(await found("big")).toEqual([1]);
});

test("resources, submits and claims are as they were", async () => {
  const { db } = scratch();
  const { items } = await benchmarksBy(db, {
    status: "approved",
    sorts: [{ field: "docker_image", descending: false }],
    page,
  });
  expect(items).toContain("2022-03-04T05:06:07.080910");
  const reviewed = await benchmarksBy(db, { status: "on_review", sorts: [], page });
  expect(JSON.parse(reviewed.items)).toMatchObject([{ id: waiting, description: "a\tb\nc" }]);
  const submits = await submitsBy(db, { sorts: [{ field: "resource_type", descending: false }], page });
  expect(JSON.parse(submits.items)).toMatchObject([
    { resource_type: "benchmark", resource_id: waiting },
    { resource_type: "claim", resource_id: claim },
  ]);
  const claims = await claimsBy(db, { status: "on_review", result: id(6, HIDDEN), sorts: [], page });
  expect(JSON.parse(claims.items)).toMatchObject([{ id: claim, message: "too good" }]);
  expect(await resultOf(db, id(6, 3))).toContain("9007199254740993");
});

test("what is changed afterwards moves the counts as with results of our own", async () => {
  const { db } = scratch();
  await hideResult(db, id(6, 0));
  await storeClaim(db, id(6, 1), "wrong", { sub: "sub-2", iss: ISS });
  expect(await listed({ benchmark_id: benchmark })).toEqual([2, 3, 4, 5]);
  await scratch().pool.query("delete from eosc_perf.flavor where id = $1", [two]);
  expect(await listed({})).toEqual([2, 4]);
  expect(await listed({ filters: [{ path: "machine.cpu.count", operator: "==", value: 4 }] })).toEqual([]);
});
