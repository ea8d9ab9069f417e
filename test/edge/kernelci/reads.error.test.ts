import { expect, test } from "vitest";
import * as z from "zod";
import { ask, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();

const Faults = z.array(
  z
    .object({ type: z.string(), loc: z.array(z.union([z.string(), z.number()])), msg: z.string(), url: z.url() })
    .loose(),
);
const HISTORY = "/test/status-history?path=p&git_repository_url=u&git_repository_branch=b&config_name=c";

/** The faults of a 400 in style S (a JSON string) or E (in an object), as `field: type`. */
async function faultsOf(answer: Response, style: "S" | "E"): Promise<string[]> {
  expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "application/json"]);
  const body: unknown = await answer.json();
  const text = style === "S" ? z.string().parse(body) : z.strictObject({ error: z.string() }).parse(body).error;
  return Faults.parse(JSON.parse(text)).map(({ type, loc }) => `${loc.join(".")}: ${type}`);
}

test.each([
  ["", ["path: missing", "git_repository_url: missing", "git_repository_branch: missing", "config_name: missing"]],
  ["?path=p&config_name=c", ["git_repository_url: missing", "git_repository_branch: missing"]],
])("status-history%s names what is missing", async (query, faults) => {
  expect(await faultsOf(await ask(`/test/status-history${query}`), "S")).toEqual(faults);
});

test.each([
  ["group_size=0", "group_size: greater_than"],
  ["group_size=-1", "group_size: greater_than"],
  ["group_size=", "group_size: int_parsing"],
  ["group_size=many", "group_size: int_parsing"],
  ["group_size=1.5", "group_size: int_parsing"],
  ["group_size=1e3", "group_size: int_parsing"],
  ["group_size=5&group_size=x", "group_size: int_parsing"],
  ["current_test_start_time=", "current_test_start_time: datetime_from_date_parsing"],
  ["current_test_start_time=yesterday", "current_test_start_time: datetime_from_date_parsing"],
  ["current_test_start_time=2025-02-30", "current_test_start_time: datetime_from_date_parsing"],
  ["current_test_start_time=2025-02-03T25:00:00Z", "current_test_start_time: datetime_from_date_parsing"],
  ["current_test_start_time=2025-02-03T10:00:00%2B99:00", "current_test_start_time: datetime_from_date_parsing"],
  ["current_test_start_time=1e400", "current_test_start_time: datetime_from_date_parsing"],
  ["current_test_start_time=99999999999999999999", "current_test_start_time: datetime_from_date_parsing"],
  ["field_timestamp=0000-01-01", "field_timestamp: datetime_from_date_parsing"],
  ["field_timestamp=10000-01-01", "field_timestamp: datetime_from_date_parsing"],
])("status-history refuses %s", async (query, fault) => {
  expect(await faultsOf(await ask(`${HISTORY}&${query}`), "S")).toEqual([fault]);
});

test.each([
  "group_size=999999999999999999999",
  "group_size=%2B7",
  "group_size=1_0",
  "group_size=7.0",
  "origin=",
  "platform=",
])("status-history understands %s", async (query) => {
  const answer = await ask(`${HISTORY}&${query}`);
  expect([answer.status, await answer.json()]).toEqual([400, { error: "Test status history not found" }]);
});

test.each(["one", "", "1.5", "null", "1 2", "0x1"])("issue routes refuse ?version=%s", async (version) => {
  for (const path of ["", "/builds", "/tests"])
    expect(await faultsOf(await ask(`/issue/maestro:issue-build-1${path}?version=${version}`), "S")).toEqual([
      "version: int_parsing",
    ]);
});

test.each(["0", "-1", "x", "", "1.5"])("origins refuse ?interval_in_days=%s", async (days) => {
  const [fault] = await faultsOf(await ask(`/origins/?interval_in_days=${days}`), "S");
  expect(fault).toMatch(/^interval_in_days: (greater_than|int_parsing)$/);
});

test.each(["99999999999999999999", "-1", "2147483648", "-2147483649"])("no issue has version %s", async (version) => {
  for (const path of ["", "/builds", "/tests"]) {
    const answer = await ask(`/issue/maestro:issue-build-1${path}?version=${version}`);
    expect([answer.status, await answer.json()]).toEqual([200, { error: expect.any(String) }]);
  }
});

test.each([
  ["interval_in_days=0", "interval_in_days: greater_than"],
  ["interval_in_days=-7", "interval_in_days: greater_than"],
  ["interval_in_days=week", "interval_in_days: int_parsing"],
  ["interval_in_days=", "interval_in_days: int_parsing"],
])("the issue list refuses %s", async (query, fault) => {
  expect(await faultsOf(await ask(`/issue/?${query}`), "E")).toEqual([fault]);
});

test.each([
  ["startTimestampInSeconds=abc", "could not convert string to float: 'abc'"],
  ["endTimestampInSeconds=", "could not convert string to float: ''"],
  ["endTimestampInSeconds=nan", "could not convert string to float: 'nan'"],
  ["startTimestampInSeconds=1e999", "start_date must be before end_date"],
  ["endTimestampInSeconds=1e999&startTimestampInSeconds=1", "timestamp is out of range"],
  ["startTimestampInSeconds=-1e15", "timestamp is out of range"],
  ["startTimestampInSeconds=1000000001&endTimestampInSeconds=1000000000", "start_date must be before end_date"],
  ["filter_origin_[near]=x", expect.stringContaining("invalid comparison operator")],
  ["filter_build.issue=x", expect.any(String)],
])("the issue list refuses %s in words", async (query, error) => {
  const answer = await ask(`/issue/?${query}`);
  expect([answer.status, await answer.json()]).toEqual([400, { error }]);
});

const extras = (body: string | Uint8Array<ArrayBuffer>) => ask("/issue/extras/", { method: "POST", body });

test.each([
  ["{}", ["issues: missing"]],
  ["[]", [": model_type"]],
  ['"x"', [": model_type"]],
  ["null", [": model_type"]],
  ['{"issues": "x"}', ["issues: list_type"]],
  ['{"issues": ["a:b"]}', ["issues.0: tuple_type"]],
  ['{"issues": [["a:b"]]}', ["issues.0: too_short"]],
  ['{"issues": [["a:b", 1, 2]]}', ["issues.0: too_long"]],
  ['{"issues": [["a:b", 1], [7, "x"]]}', ["issues.1.0: string_type", "issues.1.1: int_parsing"]],
  ['{"issues": [["a:b", 1.5]]}', ["issues.0.1: int_from_float"]],
  ['{"issues": [["a:b", null]]}', ["issues.0.1: int_type"]],
])("extras refuse %s", async (body, faults) => {
  expect(await faultsOf(await extras(body), "S")).toEqual(faults);
});

test("extras refuse what is no JSON, what is empty and what is too large", async () => {
  const noJson = "Invalid body, request body must be a valid json string";
  for (const body of [
    "",
    "x",
    '{"issues": [',
    '{"issues": [["\\u0000", 1]]}',
    '{"issues": [["\\ud800", 1]]}',
    new Uint8Array([0xff]),
  ]) {
    const answer = await extras(body);
    expect([answer.status, await answer.json()]).toEqual([400, { error: noJson }]);
  }
  const empty = await extras('{"issues": []}');
  expect([empty.status, await empty.json()]).toEqual([
    400,
    { error: "Invalid body, the issue list must not be empty" },
  ]);
  expect((await extras(JSON.stringify({ issues: [["x".repeat(1_100_000), 1]] }))).status).toBe(413);
});

test.each(['"1"', "true", "1.0", '" 1 "'])("extras read the version %s as pydantic does", async (version) => {
  const body = `{"issues": [["maestro:issue-boot-1", ${version}]]}`;
  expect(await (await extras(body)).json()).toMatchObject({ issues: { "maestro:issue-boot-1": expect.anything() } });
});

test("extras read JSON whatever the content type says", async () => {
  const body = '{"issues": [["maestro:issue-none", 1]]}';
  const answer = await ask("/issue/extras/", { method: "POST", body, headers: { "content-type": "text/plain" } });
  expect(await answer.json()).toEqual({ error: "No extra details found. Issue id has no incident or doesn't exist." });
});
