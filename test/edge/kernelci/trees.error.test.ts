import { expect, test } from "vitest";
import * as z from "zod";
import { ask, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();

const HASH = "cbe797502236f344b9c291d03b2b7903b2153379";
const LISTS = ["builds", "boots", "tests"];
const PAGES = [...LISTS, "full", "summary"];
const Faults = z.array(z.looseObject({ type: z.string(), loc: z.array(z.string()), msg: z.string(), url: z.url() }));

const faultsIn = (text: string) => Faults.parse(JSON.parse(text)).map(({ loc, type }) => `${loc.join(".")}: ${type}`);
const errorOf = async (answer: Response) => z.strictObject({ error: z.string() }).parse(await answer.json()).error;

test.each([
  ["0", "greater_than"],
  ["-3", "greater_than"],
  ["1.5", "int_parsing"],
  ["soon", "int_parsing"],
  ["", "int_parsing"],
  ["7&interval_in_days=x", "int_parsing"],
])("the list refuses an interval of %s", async (interval, type) => {
  const answer = await ask(`/tree/?interval_in_days=${interval}`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "application/json"]);
  expect(faultsIn(z.string().parse(await answer.json()))).toEqual([`interval_in_days: ${type}`]);
});

test.each(["99999999999999999999", "2147483648"])("an interval of %s days means all there is", async (days) => {
  const answer = await ask(`/tree/?interval_in_days=${days}`);
  expect([answer.status, z.array(z.unknown()).parse(await answer.json()).length > 0]).toEqual([200, true]);
});

test.each(LISTS)("%s of a commit want repository and branch", async (page) => {
  const faults = async (query: string) => {
    const answer = await ask(`/tree/${HASH}/${page}${query}`);
    expect(answer.status).toBe(400);
    return faultsIn(await errorOf(answer));
  };
  expect(await faults("")).toEqual(["git_url: missing", "git_branch: missing"]);
  expect(await faults("?git_url=u")).toEqual(["git_branch: missing"]);
  expect(await faults("?git_branch=b")).toEqual(["git_url: missing"]);
  expect((await ask(`/tree/${HASH}/${page}?git_url=&git_branch=`)).status).toBe(200);
});

test.each(["boots", "tests"])("%s refuse a word that is neither yes nor no", async (page) => {
  for (const path of [`/tree/mainline/master/${HASH}/${page}?`, `/tree/${HASH}/${page}?git_url=u&git_branch=b&`])
    for (const word of ["maybe", "", "2"]) {
      const answer = await ask(`${path}full_environment_misc=${word}`);
      expect(answer.status, word).toBe(400);
      expect(faultsIn(await errorOf(answer))).toEqual(["full_environment_misc: bool_parsing"]);
    }
  expect((await ask(`/tree/mainline/master/${HASH}/builds?full_environment_misc=maybe`)).status).toBe(200);
});

test.each(PAGES)("%s refuse filters that cannot be understood", async (page) => {
  for (const [filter, error] of [
    ["test.duration_[x]=1", "Filter with invalid comparison operator `x` found`"],
    ["nothing_[]=1", "Filter with invalid comparison operator `` found`"],
    ["test.issue=nocomma", "An issue filter must be `<issue id>,<version>`"],
    ["build.issue=a:b,one", "An issue filter must be `<issue id>,<version>`"],
    ["boot.issue=a:b,", "An issue filter must be `<issue id>,<version>`"],
    ["boot.issue=a:b,1e3", "An issue filter must be `<issue id>,<version>`"],
    ["boot.issue=a:b,99999999999999999999", "An issue filter must be `<issue id>,<version>`"],
    ["test.issue=", "An issue filter must be `<issue id>,<version>`"],
  ]) {
    const answer = await ask(`/tree/mainline/master/${HASH}/${page}?filter_${filter}`);
    expect([filter, answer.status, await errorOf(answer)]).toEqual([filter, 400, error]);
  }
});

test.each([
  "build.issue=a:b,2147483648",
  "test.issue=a:b,-1",
  "test.issue=a,b,c:d,1",
  "test.duration=99999999999999999999999999999999999999999",
  `test.duration=${"9".repeat(400)}`,
  "build.duration=",
  "test.issue_[in]=Uncategorized",
])("a filter may be %s", async (filter) => {
  for (const page of PAGES)
    expect([page, (await ask(`/tree/mainline/master/${HASH}/${page}?filter_${filter}`)).status]).toEqual([page, 200]);
});

const NO_RESULTS = "No results available for this tree/branch/commit";
const NO_BUILDS = "No builds available for this tree/branch/commit";
const EMPTY = "827b90b45d544848ea8a880d30567297d3c9ef6e";

test.each<[path: string, error: string]>([
  ...PAGES.flatMap((page): [string, string][] => [
    [`/tree/mainline/master/none/${page}`, NO_RESULTS],
    [`/tree/mainline/none/${HASH}/${page}`, NO_RESULTS],
    [`/tree/mainline/master/${HASH}/${page}?origin=`, NO_RESULTS],
  ]),
  [`/tree/${HASH}/full`, NO_RESULTS],
  [`/tree/mainline/master/${HASH}/full?git_branch=`, NO_RESULTS],
  [`/tree/kselftest/next/${EMPTY}/full`, NO_BUILDS],
  [`/tree/kselftest/next/${EMPTY}/builds`, NO_BUILDS],
  [`/tree/kselftest/next/${EMPTY}/summary`, NO_RESULTS],
  ["/tree/?origin=", "No trees were found"],
])("%s finds nothing", async (path, error) => {
  const answer = await ask(path);
  expect([answer.status, await answer.json()]).toEqual([200, { error }]);
});

test("no latest checkout: the answer says what was asked for", async () => {
  const asked = async (query: string) => await (await ask(`/tree/mainline/none${query}`)).json();
  const params = { tree_name: "mainline", git_branch: "none" };
  expect(await asked("")).toEqual({
    error: "Tree not found. No origin was provided so it was defaulted to maestro",
    params: { ...params, origin: "maestro", commit_hash: null },
  });
  expect(await asked("?origin=&commit_hash=x")).toEqual({
    error: "Tree not found.",
    params: { ...params, origin: "", commit_hash: "x" },
  });
  // An empty hash is that of no commit, also where the branch has some.
  expect(await (await ask("/tree/mainline/master?origin=maestro&commit_hash=")).json()).toEqual({
    error: "Tree not found.",
    params: { ...params, git_branch: "master", origin: "maestro", commit_hash: "" },
  });
});

test("only GET is served, and a list without its slash sends on", async () => {
  for (const path of ["/tree/", "/tree/mainline/master", ...PAGES.map((page) => `/tree/${HASH}/${page}`)]) {
    const answer = await ask(path, { method: "POST", body: "{}" });
    expect([answer.status, await answer.json()]).toEqual([405, { detail: 'Method "POST" not allowed.' }]);
  }
  const moved = await ask("/tree?origin=a%20b");
  expect([moved.status, moved.headers.get("location")]).toEqual([301, "/kernelci/api/tree/?origin=a%20b"]);
});
