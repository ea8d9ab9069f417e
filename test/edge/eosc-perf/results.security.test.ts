import { expect, test } from "vitest";
import { call, pageAt, said, somebody } from "../../support/eosc-perf.ts";
import { approvedPlace, uploaded, uploadPath } from "../../support/eosc-perf-results.ts";

const owner = await somebody();
const other = await somebody();
const admin = await somebody("admin");
const place = await approvedPlace(owner.token, admin.token);

test("only its uploader and admins touch a result's tags and see its claims", async () => {
  const id = await uploaded(place, {}, owner.token);
  const forbidden = [403, { code: 403, status: "Forbidden" }];
  expect(await said("PUT", `/results/${id}/tags`, { token: other.token, json: { tags_ids: [] } })).toEqual(forbidden);
  expect(await said("GET", `/results/${id}/claims`, { token: other.token })).toEqual(forbidden);
  for (const { token } of [owner, admin])
    expect((await call("GET", `/results/${id}/claims`, { token })).status).toBe(200);
  expect((await call("DELETE", `/results/${id}`, { token: owner.token })).status).toBe(403);
});

test("an upload sets nothing but its document, and its members stay members", async () => {
  const document = { uploader_sub: admin.sub, deleted: true, ["__proto__"]: { x: 1 }, constructor: 1, id: place.site };
  for (const more of ["uploader_sub", "deleted", "site_id", "upload_datetime", "json", "indexed"])
    expect((await call("POST", uploadPath(place, { [more]: "x" }), { token: owner.token, json: {} })).status).toBe(422);
  const body = JSON.stringify(document);
  const { json } = await call("POST", uploadPath(place), { token: owner.token, body });
  const { items } = await pageAt(`/results?benchmark_id=${place.benchmark}&filters=deleted%20==%20true`);
  expect(items).toMatchObject([{ id: Object(json).id, json: { uploader_sub: admin.sub } }]);
  expect(await said("GET", `/results/${Object(json).id}/uploader`, { token: admin.token })).toMatchObject([
    200,
    { sub: owner.sub },
  ]);
});

const HOSTILE = [
  "'",
  "' or '1'='1",
  "'; drop table eosc_perf.result; --",
  "\\",
  "\\'",
  "$1",
  "{a}",
  '"',
  "a\u0001b",
  "%",
  "_",
  "\u202e",
  "0x1F",
  "1e999",
  "-",
  "x".repeat(200),
  `${"a.".repeat(99)}a`,
  "99999999999999999999",
];

test.each(HOSTILE)("%j in filters, orders and terms is data", { timeout: 60_000 }, async (text) => {
  const at = encodeURIComponent(text);
  const word = encodeURIComponent(text.replaceAll(" ", ""));
  const base = `/results?benchmark_id=${place.benchmark}`;
  for (const path of [
    `${base}&filters=${word}%20==%20${word}`,
    `${base}&filters=a.${word}%20%3C%20${word}`,
    `${base}&filters=${word}%20%3E%205`,
    `${base}&sort_by=%2Bjson.${at}`,
    `/results:search?terms=${at}`,
    `/results:search?terms=${at}&sort_by=-json.${at}`,
  ])
    expect([path, (await call("GET", path)).status]).toEqual([path, 200]);
  expect((await call("GET", `${base}&sort_by=${at}`)).status).toBe(422);
});
