import { expect, test } from "vitest";
import * as z from "zod";
import { askHardware } from "../../../support/kernelci-hardware.ts";
import { ask } from "../../../support/kernelci-reads.ts";

const Faults = z.array(z.looseObject({ type: z.string(), loc: z.array(z.union([z.string(), z.number()])) }));
const NOT_A_TIME = "startTimestampInSeconds and endTimestampInSeconds must be a Unix Timestamp";
const RANGE = { startTimestampInSeconds: "1741046400", endTimestampInSeconds: 1_741_824_000 };
const BODY = { ...RANGE, selectedCommits: {} };
const DETAILS = ["", "summary", "builds", "boots", "tests"];

/** The faults of a 400 that is a JSON string, as `field: type`. */
async function faultsOf(answer: Response): Promise<string[]> {
  expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "application/json"]);
  const faults = Faults.parse(JSON.parse(z.string().parse(await answer.json())));
  return faults.map(({ type, loc }) => `${loc.join(".")}: ${type}`);
}

const answered = async (answer: Response) => [answer.status, await answer.json()];

test.each([
  ["", ["start_date: datetime_type", "end_date: datetime_type"]],
  ["startTimestampInSeconds=1", ["end_date: datetime_type"]],
  ["startTimestampInSeconds=&endTimestampInSeconds=2", ["start_date: datetime_from_date_parsing"]],
  ["startTimestampInSeconds=1&endTimestampInSeconds=soon", ["end_date: datetime_from_date_parsing"]],
  ["startTimestampInSeconds=1&endTimestampInSeconds=1e999", ["end_date: datetime_from_date_parsing"]],
  ["startTimestampInSeconds=0000-01-01&endTimestampInSeconds=2", ["start_date: datetime_from_date_parsing"]],
  [`startTimestampInSeconds=1&endTimestampInSeconds=2&commitsList=${"a,".repeat(1_001)}`, ["commits: too_long"]],
])("the list refuses ?%s", async (query, faults) => {
  expect(await faultsOf(await ask(`/hardware/?${query}`))).toEqual(faults);
});

test("by revision names what is missing", async () => {
  expect(await faultsOf(await ask("/hardware-by-revision/?origin=x"))).toEqual([
    "tree_name: missing",
    "git_repository_url: missing",
    "git_repository_branch: missing",
    "git_commit_hash: missing",
  ]);
});

test.each([...DETAILS, "commit-history"])("/%s takes POST alone", async (page) => {
  const answer = await ask(`/hardware/board${page === "" ? "" : `/${page}`}`);
  expect(await answered(answer)).toEqual([405, { detail: 'Method "GET" not allowed.' }]);
});

test("hardware/selectors without its slash is the hardware of that name", async () => {
  expect((await ask("/hardware/selectors")).status).toBe(405);
  expect((await ask("/hardware/selectors/")).status).toBe(200);
});

test.each([...DETAILS, "commit-history"])("/%s refuses what is no JSON", async (page) => {
  for (const body of ["", "{nope", '{"origin": "\\u0000"}'])
    expect(await answered(await askHardware("board", page, body))).toEqual([
      400,
      { error: "Invalid body, request body must be a valid json string" },
    ]);
});

test.each([...DETAILS, "commit-history"])("/%s refuses a body that is no object like a bad time", async (page) => {
  for (const body of ["[]", "null", '"x"', "7"]) {
    const [status, answer] = await answered(await askHardware("board", page, body));
    expect([status, z.object({ error: z.string() }).parse(answer).error]).toEqual([400, NOT_A_TIME]);
  }
});

test.each(DETAILS)("/%s names missing and wrong fields", async (page) => {
  expect(await faultsOf(await askHardware("board", page, {}))).toEqual([
    "startTimestampInSeconds: missing",
    "endTimestampInSeconds: missing",
    "selectedCommits: missing",
  ]);
  const wrong = { ...BODY, origin: 5, endTimestampInSeconds: [], selectedCommits: { "0": 7 }, filter: "x" };
  expect(await faultsOf(await askHardware("board", page, wrong))).toEqual([
    "origin: string_type",
    "endTimestampInSeconds: string_type",
    "selectedCommits.0: string_type",
    "filter: dict_type",
  ]);
});

test("commit-history names missing and wrong fields", async () => {
  expect(await faultsOf(await askHardware("board", "commit-history", RANGE))).toEqual(["commitHeads: missing"]);
  const heads = (...commitHeads: unknown[]) => askHardware("board", "commit-history", { ...RANGE, commitHeads });
  expect(await faultsOf(await heads({ treeName: "t", repositoryUrl: null, branch: "b" }))).toEqual([
    "commitHeads.0.repositoryUrl: string_type",
    "commitHeads.0.commitHash: missing",
  ]);
  expect(await faultsOf(await heads(...Array.from({ length: 1_001 }, () => ({}))))).toContain("commitHeads: too_long");
});

test.each(["abc", "", "1.5", 1.5, "1e3", "99999999999999999999", -1e15])("no page takes the time %o", async (time) => {
  for (const page of [...DETAILS, "commit-history"]) {
    const body = { ...BODY, commitHeads: [], startTimestampInSeconds: time };
    const exception = page === "summary" ? { exception: expect.any(String) } : {};
    expect(await answered(await askHardware("board", page, body))).toEqual([400, { error: NOT_A_TIME, ...exception }]);
  }
});

test.each([1_741_046_400, true, " 1741046400 ", "1_741_046_400", "-1"])(
  "the time %o is read as pydantic does",
  async (time) => {
    const body = { ...BODY, startTimestampInSeconds: time };
    expect((await askHardware("board", "builds", body)).status).toBe(200);
  },
);

test.each([
  [{ "filter_build.issue": "no-comma" }, NOT_A_TIME],
  [{ "filter_build.duration": 60 }, NOT_A_TIME],
  [{ "filter_duration_[gte]": [60] }, NOT_A_TIME],
  [{ filter_architecture: 5 }, NOT_A_TIME],
  [{ filter_architecture: null }, NOT_A_TIME],
  [{ filter_architecture: [["arm64"]] }, NOT_A_TIME],
  [{ "filter_test.status_[in]": "" }, NOT_A_TIME],
  [{ "filter_test.status_[near]": ["PASS"] }, expect.stringContaining("invalid comparison operator `near`")],
  [{ filter_architecture: Array.from({ length: 501 }, (_, n) => `${n}`) }, "There are more than 500 values of filters"],
  [null, "The filter is not an object."],
])("no page takes the filter %o", async (filter, error) => {
  for (const page of DETAILS) {
    const answer = z
      .looseObject({ error: z.string() })
      .parse(await (await askHardware("b", page, { ...BODY, filter })).json());
    expect(answer.error, page).toEqual(error);
  }
});

test("a summary refuses statuses that nobody knows; NULL is one", async () => {
  const asked = (status: string) =>
    askHardware("board", "summary", { ...BODY, filter: { "filter_boot.status": [status] } });
  for (const status of ["GREEN", "pass", ""])
    expect(await answered(await asked(status))).toEqual([400, { error: "Invalid filter key or value" }]);
  expect((await asked("NULL")).status).toBe(200);
});

test.each(["boots", "tests"])("/%s refuses a flag that is neither yes nor no", async (page) => {
  const init = { method: "POST", body: JSON.stringify(BODY) };
  expect(await faultsOf(await ask(`/hardware/board/${page}?full_environment_misc=maybe`, init))).toEqual([
    "full_environment_misc: bool_parsing",
  ]);
});
