import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { ask, commitOf, fresh, freshProject, outputBody, posted } from "../../support/qaboard.ts";

const refused = async (change: object) => {
  const answer = await ask("POST", "/output/", { json: outputBody(freshProject(), change) });
  return [answer.status, answer.json];
};

test("wildcards in a hash stand for themselves", async () => {
  const place = freshProject();
  await posted(place);
  for (const hash of ["%", "_".repeat(40), `${place.hash.slice(0, 3)}%`, "\\"]) {
    const answer = await ask("POST", "/output/", { json: outputBody({ ...place, hash }, { qaboard_config: null }) });
    expect([hash, answer.status]).toEqual([hash, 404]);
    const read = await ask("GET", `/commit/${encodeURIComponent(hash)}?project=${place.project}`);
    expect([hash, read.status]).toEqual([hash, 404]);
  }
});

test("texts that look like SQL are texts", async () => {
  const odd = `'); drop table qaboard.outputs; -- $1 \\ " %s`;
  const place = freshProject();
  const id = await posted(place, {
    batch_label: odd,
    platform: odd,
    input_path: odd,
    user: odd,
    metrics: { [odd]: 1 },
  });
  expect((await ask("GET", `/output/${id}/`)).json).toMatchObject({ platform: odd, metrics: { [odd]: 1 } });
  const { batches } = await commitOf(place, { batch: odd, metrics: JSON.stringify({ [odd]: 0 }) });
  expect(batches[odd]?.aggregated_metrics).toEqual({ [`${odd}_median`]: 1, [`${odd}_average`]: 1 });
});

test("NUL and lone surrogates are refused in names and replaced in free JSON", async () => {
  for (const change of [{ platform: "a\0" }, { batch_label: "\ud800" }, { input_path: "a\0" }])
    expect(await refused(change)).toEqual([400, { error: expect.stringContaining(`/${Object.keys(change)[0]}`) }]);
  const id = await posted(freshProject(), { metrics: { note: "a\0b\ud800" }, commit_message: "m\0" });
  expect((await ask("GET", `/output/${id}/`)).json).toMatchObject({ metrics: { note: "a\ufffdb\ufffd" } });
});

test("numbers that no double holds are refused with their place", async () => {
  const body = JSON.stringify(outputBody(freshProject(), { metrics: { loss: 0 } }));
  for (const number of ["1e999", "9".repeat(2_000)]) {
    const answer = await ask("POST", "/output/", { body: body.replace('"loss":0', `"loss":${number}`) });
    expect([answer.status, answer.json]).toEqual([400, { error: expect.stringContaining("/metrics/loss") }]);
  }
});

test.each([
  ["a body of more than 8 MiB", () => "x".repeat(9 * 1_048_576), 413],
  ["a body of 300,000 values", () => Array(300_000).fill(0), 413],
])("%s is refused", async (_, note, status) => {
  expect(await refused({ metrics: { note: note() } })).toEqual([status, { error: expect.any(String) }]);
});

test("JSON nested beyond what the database takes is refused, not a fault of ours", async () => {
  const body = JSON.stringify(outputBody(freshProject(), { metrics: "M" })).replace(
    '"M"',
    `{"a":${"[".repeat(90_000)}1${"]".repeat(90_000)}}`,
  );
  const answer = await ask("POST", "/output/", { body });
  expect([answer.status, answer.json]).toEqual([400, { error: expect.any(String) }]);
});

test("names that no index can hold are refused", async () => {
  const long = randomBytes(6_000).toString("hex");
  for (const change of [
    { batch_label: long },
    { input_path: long },
    { platform: long },
    { git_commit_sha: long, commit_sha: long },
  ])
    expect(await refused(change)).toEqual([400, { error: expect.any(String) }]);
});

test("long texts of parameters cost little", async () => {
  const place = freshProject();
  const started = performance.now();
  await posted(place, {
    extra_parameters: { text: '.0\\"'.repeat(200_000) },
    configurations: ["1.0 ".repeat(100_000)],
  });
  await posted(place, { configuration: `{${"a:".repeat(30_000)}` });
  expect(performance.now() - started).toBeLessThan(5_000);
});

test("errors hold nothing of the inside", async () => {
  const answer = await ask("POST", "/output/", {
    json: outputBody(freshProject(), { batch_label: fresh("x".repeat(9_000)) }),
  });
  expect(answer.text).not.toMatch(/index|row size|postgres|select|insert|\bat /i);
});
