import { randomBytes } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import * as z from "zod";
import { call, somebody } from "../../support/eosc-perf.ts";
import { approvedPlace, uploaded } from "../../support/eosc-perf-results.ts";

/** The default of PAGE_MAX_BYTES. */
const MAX_PAGE_BYTES = 16_777_216;

const { token } = await somebody();
const { token: other } = await somebody();
const { token: admin } = await somebody("admin");
const place = await approvedPlace(token, admin);
const LIST = `/results?benchmark_id=${place.benchmark}&sort_by=%2Bjson.n`;
const Place = z.object({ page: z.int(), per_page: z.int(), next_num: z.int().optional() });

// Lists of other tests are not to carry these.
const shown: string[] = [];
afterAll(async () => {
  for (const id of shown) await call("DELETE", `/results/${id}`, { token: admin });
});

async function upload(document: object, uploader: string): Promise<string> {
  const id = await uploaded(place, document, uploader);
  shown.push(id);
  return id;
}

/** Documents of 7 MB that no compression makes small. */
const large: string[] = [];
for (let n = 0; n < 6; n += 1) large.push(await upload({ n, text: randomBytes(3_500_000).toString("hex") }, token));

/** Walks a list by the pages' own numbers; the ids met, and the largest answer. */
async function walk(path: string, perPage: number): Promise<{ ids: string[]; largest: number; answers: number }> {
  const walked = { ids: [] as string[], largest: 0, answers: 0 };
  for (let number: number | undefined = 1, size = perPage; number !== undefined; ) {
    const { text, headers, json } = await call("GET", `${path}&page=${number}&per_page=${size}`, { token });
    const { page, per_page, next_num } = Place.parse(json);
    walked.answers += 1;
    walked.largest = Math.max(walked.largest, text.length);
    walked.ids.push(
      ...z
        .object({ items: z.array(z.object({ id: z.string() })) })
        .parse(json)
        .items.map(({ id }) => id),
    );
    const link = headers.get("link");
    if (per_page < size && next_num !== undefined) expect(link).toContain(`page=${page + 1}&per_page=${per_page}`);
    number = next_num;
    size = per_page;
  }
  return walked;
}

test.each([6, 7])(
  "a list of six documents of 7 MB, %i a page, shows each once and no answer is too large",
  async (n) => {
    const { ids, largest, answers } = await walk(LIST, n);
    expect(ids).toEqual(large);
    expect(largest).toBeLessThan(MAX_PAGE_BYTES + 1_000);
    expect(answers).toBeGreaterThan(1);
  },
);

test("one's own results are walked likewise", async () => {
  expect((await walk("/users/self/results?sort_by=%2Bjson.n", 4)).ids).toEqual(large);
});

test("of a page asked for in the middle, the first that fit are shown", async () => {
  const { json } = await call("GET", `${LIST}&page=2&per_page=3`);
  expect(json).toMatchObject({ page: 4, per_page: 1, pages: 6, total: 6, has_next: true, next_num: 5, prev_num: 3 });
});

test("a page of documents that don't compress is whole up to its limit", async () => {
  const { json } = await call("GET", `${LIST}&page=2&per_page=2`);
  expect(json).toMatchObject({ page: 2, per_page: 2, pages: 3, next_num: 3 });
});

test("documents that compress well count by what they print", async () => {
  const sent: string[] = [];
  for (let n = 10; n < 16; n += 1) sent.push(await upload({ n, text: "x".repeat(5_000_000) }, other));
  const { ids, largest } = await walk(`${LIST}&filters=n%20%3E%3D%2010`, 100);
  expect(ids).toEqual(sent);
  expect(largest).toBeLessThan(MAX_PAGE_BYTES + 1_000);
});

test("a page of ordinary results is as it was asked for", async () => {
  const ordinary = await approvedPlace(token, admin);
  for (let n = 0; n < 5; n += 1) await uploaded(ordinary, { n }, other);
  const { headers, json } = await call("GET", `/results?benchmark_id=${ordinary.benchmark}&per_page=2&page=2`);
  expect(json).toMatchObject({ page: 2, per_page: 2, pages: 3, next_num: 3, prev_num: 1, has_next: true });
  expect(headers.get("link")).toBeNull();
});
