import { expect, test } from "vitest";
import * as z from "zod";
import {
  ask,
  commitBody,
  commitOf,
  fresh,
  freshProject,
  outputBody,
  type Place,
  posted,
} from "../../support/qaboard.ts";

const Listed = z.array(z.looseObject({ id: z.string(), batches: z.record(z.string(), z.looseObject({})) }));

async function listed(project: string, query: Record<string, string> = {}, branch = "") {
  const answer = await ask("GET", `/commits/${branch}?${new URLSearchParams({ project, ...query })}`);
  if (answer.status !== 200) throw new Error(`no list: ${answer.status} ${answer.text}`);
  return Listed.parse(answer.json);
}

/** A commit of a project with one result. */
async function committed(place: Place, day: string, change: object = {}): Promise<string> {
  const { hash } = freshProject();
  await posted({ ...place, hash }, { commit_authored_datetime: `2026-03-${day}T10:00:00Z`, ...change });
  return hash;
}

test("a listing's window slides back to the newest commit, and ends where it is told to", async () => {
  const place = freshProject();
  const [old, one, two] = [await committed(place, "01"), await committed(place, "07"), await committed(place, "09")];
  const ids = async (query: Record<string, string> = {}) => (await listed(place.project, query)).map(({ id }) => id);
  expect(await ids()).toEqual([two, one]);
  const march = { from: "2026-03-01T00:00:00.000Z", to: "2026-03-31T00:00:00.000Z" };
  expect(await ids(march)).toEqual([two, one, old]);
  expect(await ids({ from: "2026-02-27T00:00:00.000Z", to: "2026-03-02T00:00:00.000Z" })).toEqual([old]);
});

test("a listing shows outputs only when asked, and batches of one label", async () => {
  const place = freshProject();
  const hash = await committed(place, "05");
  await posted({ ...place, hash }, { batch_label: "tuned" });
  const [bare] = await listed(place.project);
  expect(Object.keys(bare?.batches ?? {})).toEqual(["default", "tuned"]);
  expect(bare?.batches.default).not.toHaveProperty("outputs");
  const [ci] = await listed(place.project, { only_ci_batches: "true", with_outputs: "yes" });
  expect(Object.keys(ci?.batches ?? {})).toEqual(["default"]);
  expect(ci?.batches.default).toHaveProperty("outputs");
  const [tuned] = await listed(place.project, { batch: "tuned", only_ci_batches: "true" });
  expect(Object.keys(tuned?.batches ?? {})).toEqual(["tuned"]);
  expect((await listed(place.project, { batch: "none" }))[0]?.batches).toEqual({});
});

test("a branch is listed with and without origin, its slashes included", async () => {
  const place = freshProject();
  const one = await committed(place, "05", { commit_branch: "feature/x" });
  const two = await committed(place, "06", { commit_branch: "origin/feature/x" });
  await committed(place, "07");
  for (const branch of ["feature/x", "origin/feature/x"])
    expect((await listed(place.project, {}, branch)).map(({ id }) => id)).toEqual([two, one]);
  expect((await listed(place.project, {}, "feature/x"))[0]).toMatchObject({ branch: "feature/x" });
  const branches = await ask("GET", `/project/branches?project=${place.project}`);
  expect(branches.json).toEqual(["feature/x", "master", "origin/feature/x"]);
});

test("commits without any batch are not listed, but found", async () => {
  const place = freshProject();
  await ask("POST", "/commit/", { json: commitBody(place) });
  expect(await listed(place.project)).toEqual([]);
  expect((await commitOf(place)).batches).toEqual({});
});

test("the newest commit of a branch is the newest one with results", async () => {
  const place = freshProject();
  const good = await committed(place, "05");
  await committed(place, "06", { is_failed: true });
  await committed(place, "07", { is_pending: true });
  await committed(place, "08", { commit_branch: "other" });
  const newest = async (query = "") => Object((await ask("GET", `/commit/?project=${place.project}${query}`)).json).id;
  expect(await newest()).toBe(good);
  expect(await newest("&batch=default")).toBe(good);
  expect(await newest("&branch=other")).not.toBe(good);
  expect((await ask("GET", `/commit/?project=${place.project}&batch=none`)).status).toBe(404);
});

test("medians and averages flatten lists and count booleans; what has no average gives nothing", async () => {
  const place = freshProject();
  await posted(place, { input_path: "a", metrics: { n: 1, l: [[1, 2], [3]], b: true, s: 1, huge: 1e300, none: null } });
  await posted(place, { input_path: "b", metrics: { n: 2, l: [4], b: false, s: "x", huge: 1e300, none: null } });
  await posted(place, { input_path: "c", metrics: { n: 6, l: 5, b: true, huge: 1.5e308 } });
  await posted(place, { input_path: "d", metrics: { n: 1_000 }, is_failed: true });
  const metrics = JSON.stringify({ n: 0, l: 0, b: 0, s: 0, none: 0, unknown: 0 });
  const { batches } = await commitOf(place, { metrics });
  expect(batches.default?.aggregated_metrics).toEqual({
    n_median: 2,
    n_average: 3,
    l_median: 3,
    l_average: 3,
    b_median: 1,
    b_average: expect.closeTo(2 / 3),
  });
  // Sums of such numbers are beyond a double; the answer is none, not a fault.
  expect((await commitOf(place, { metrics: '{"huge": 0}' })).batches.default?.aggregated_metrics).toEqual({});
});

test("folders follow from the configuration of the project, the commit's when it has none", async () => {
  const folders = async (config: object, change: object = {}) => {
    const place = freshProject();
    const body = outputBody(place, { qaboard_config: { project: {}, ...config }, artifacts_commit: "x", ...change });
    await ask("POST", "/output/", { json: body });
    const { outputs_url, repo_artifacts_url } = await commitOf(place);
    const own = (url: unknown) =>
      String(url)
        .replace(place.project, "P")
        .replace(`${place.hash.slice(0, 2)}/${place.hash.slice(2, 16)}`, "C");
    return [own(outputs_url), own(repo_artifacts_url)];
  };
  expect(await folders({})).toEqual(["/s/mnt/qaboard/P/C", "/s/mnt/qaboard/P/C"]);
  expect(await folders({ storage: "/data/{user}//x/" })).toEqual(["/s/data/qaboard/x/P/C", "/s/data/qaboard/x/P/C"]);
  expect(await folders({ storage: { linux: "/l", windows: "w:" } })).toEqual(["/s/l/P/C", "/s/l/P/C"]);
  expect(await folders({ storage: { artifacts: "/a b", outputs: { linux: "/o" } } })).toEqual([
    "/s/o/P/C",
    "/s/a%20b/P/C",
  ]);
  expect(await folders({ storage: "/s", ci_root: "/old" })).toEqual(["/s/old/P/C", "/s/old/P/C"]);
  for (const storage of ["/x/{unknown}", { windows: "w:" }, 5])
    expect(await folders({ storage })).toEqual(["/s/mnt/qaboard/P/C", "/s/mnt/qaboard/P/C"]);
});

test("projects are listed by id with their newest commit", async () => {
  const place = freshProject();
  await committed(place, "05");
  await committed(place, "07");
  const projects = Object((await ask("GET", "/projects")).json);
  expect(projects[place.project]).toEqual({
    data: {
      git: { path_with_namespace: place.project },
      qatools_config: { project: { name: place.project, reference_branch: "master" } },
    },
    latest_output_datetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$/),
    latest_commit_datetime: "2026-03-07T10:00:00+00:00",
    total_commits: 2,
  });
});

test("what was written is in the next read", async () => {
  const place = freshProject();
  const id = await posted(place, { is_pending: true });
  for (let turn = 0; turn < 3; turn += 1) {
    const label = fresh("turn");
    await ask("PUT", `/output/${id}/`, { json: { data: { label } } });
    expect((await commitOf(place)).batches.default?.outputs[id]).toMatchObject({ data: { label } });
  }
});
