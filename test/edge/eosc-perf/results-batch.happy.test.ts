import { expect, test } from "vitest";
import { call, fresh, made, pageAt, somebody } from "../../support/eosc-perf.ts";
import { approvedPlace, batchOf, sentBatch, uploadPath } from "../../support/eosc-perf-results.ts";

const user = await somebody();
const admin = await somebody("admin");

test("a batch stores every line as an upload would, with tags and numbers as written", async () => {
  const place = await approvedPlace(user.token, admin.token, { required: ["n"] });
  const tag = await made("/tags", { name: fresh("tag") }, user.token);
  const lines = batchOf(place, 2_300);
  lines[1] = JSON.stringify({
    ...JSON.parse(lines[1] ?? ""),
    benchmark_id: place.benchmark.toUpperCase(),
    tags_ids: [tag],
  }).replace('"n":1}', '"n":9007199254740993}');
  const { delivery } = await sentBatch(`${lines.join("\r\n")}\n\n`, user.token);
  expect(delivery).toMatchObject({ status: "done", source: "eosc-perf", kind: "results", outcome: "applied" });
  expect((await pageAt(`/results?benchmark_id=${place.benchmark}&per_page=1`)).total).toBe(2_300);
  const path = `/results?tags_ids=${tag}&filters=n%20%3E%209e15`;
  expect((await pageAt(path)).items).toMatchObject([
    { tags: [{ id: tag }], execution_datetime: "2024-02-29T10:00:00" },
  ]);
  expect((await call("GET", path)).text).toContain('"n": 9007199254740993');
});

test("blank lines between results are passed over, however many", async () => {
  const place = await approvedPlace(user.token, admin.token);
  const [first, second] = batchOf(place, 2);
  const blank = `${"\n".repeat(100_000)} \t\r\n`;
  const { delivery } = await sentBatch(`${blank}${first}\n${blank}${second}\n${blank}`, user.token);
  expect(delivery).toMatchObject({ status: "done", outcome: "applied" });
  expect((await pageAt(`/results?benchmark_id=${place.benchmark}`)).total).toBe(2);
});

test("a fault is told by its line, blank lines counted", async () => {
  const place = await approvedPlace(user.token, admin.token);
  const [good] = batchOf(place, 1);
  const { delivery } = await sentBatch(`\n\n${good}\n\n{}`, user.token);
  expect(delivery).toMatchObject({ status: "rejected", reason: expect.stringMatching(/line 5\b|^5\b/) });
});

test("a batch that is sent again under its key is stored once, and other people's keys are others", async () => {
  const place = await approvedPlace(user.token, admin.token);
  const body = batchOf(place, 2).join("\n");
  const headers = { "idempotency-key": "nightly" };
  for (const _ of ["first", "again"]) await sentBatch(body, user.token, headers);
  expect((await pageAt(`/results?benchmark_id=${place.benchmark}`)).total).toBe(2);
  await sentBatch(body, admin.token, headers);
  expect((await pageAt(`/results?benchmark_id=${place.benchmark}`)).total).toBe(4);
});

test("a batch takes what a single upload takes: the deepest nesting, the most values, any spelling of an id", async () => {
  const place = await approvedPlace(user.token, admin.token);
  const [line = ""] = batchOf(place, 1);
  const deepest = `{"d": ${"[".repeat(199)}1${"]".repeat(199)}}`;
  const most = JSON.stringify({ list: Array.from({ length: 99_998 }, () => 1) });
  for (const document of [deepest, most]) {
    const single = await call("POST", uploadPath(place), { body: document, token: user.token });
    expect(single.status).toBe(201);
  }
  const spelled = line.replace(place.flavor, `urn:uuid:{${place.flavor.replaceAll("-", "")}}`);
  const lines = [line.replace('{"n":0}', deepest), line.replace('{"n":0}', most), spelled];
  const { delivery } = await sentBatch(lines.join("\n"), user.token);
  expect(delivery).toMatchObject({ status: "done", outcome: "applied" });
});

test("a batch takes no more: one level deeper is refused in both", async () => {
  const place = await approvedPlace(user.token, admin.token);
  const [line = ""] = batchOf(place, 1);
  const deeper = `{"d": ${"[".repeat(200)}1${"]".repeat(200)}}`;
  const reason = "The document is nested more than 200 levels deep (EOSC_PERF_MAX_DEPTH)";
  const single = await call("POST", uploadPath(place), { body: deeper, token: user.token });
  expect(single.json).toMatchObject({ code: 422, errors: { error: reason } });
  const { delivery } = await sentBatch(line.replace('{"n":0}', deeper), user.token);
  expect(delivery).toMatchObject({ status: "rejected", reason: expect.stringContaining(reason) });
});
