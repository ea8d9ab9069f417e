import { join } from "node:path";
import { afterAll, beforeEach, expect, inject, test } from "vitest";
import { startGitHost } from "../../dev/git-host.ts";
import { findCommit, resolveRefs } from "../../functions/git-host/git-host.ts";
import { githubHost } from "../../functions/git-host/github.ts";
import { readConfig } from "../../functions/ingest/config.ts";
import { qaboardPush } from "../../functions/ingest/qaboard/push.ts";
import { s3Objects } from "../../functions/outside/object-store.ts";
import { OutboundError } from "../../functions/outside/outbound.ts";
import { ownEdge } from "../support/own-edge.ts";
import { fresh } from "../support/qaboard.ts";

const FIXTURE = join(import.meta.dirname, "../conformance/recordings/qaboard/seed/git-fixture.json");
const REPOSITORY = "qa/demo";
const MASTER = "51ff37c77fc9324519a8c8610385ad1708fdf509";
const FEATURE = "2ee4cf38942562e26a1da7fe8efee80063c260dc";
const TAGGED = "f33fc426bac1c514eeb013bbbc65749203839edc";

const stand = await startGitHost({ fixture: FIXTURE, repository: REPOSITORY, token: "a-token", kind: "github" });
afterAll(() => stand.stop());
const host = githubHost(stand.url, "a-token");
const git = { QABOARD_GIT_URL: stand.url, QABOARD_GIT_KIND: "github", QABOARD_GIT_TOKEN: "a-token" };
const edge = ownEdge(() => git);
beforeEach(() => {
  stand.refuse(undefined);
  stand.requests.splice(0);
});

test("a commit is found by hash, branch and annotated tag", async () => {
  const commit = await host.commit(REPOSITORY, MASTER);
  expect(commit).toMatchObject({ hash: MASTER, message: "Third commit on master", committerName: "Grace Fixture" });
  expect(commit?.parents).toHaveLength(1);
  expect((await host.commit(REPOSITORY, "feature/x"))?.hash).toBe(FEATURE);
  expect(await resolveRefs(host, REPOSITORY, ["v1.0", "light-tag", "nowhere"])).toEqual([TAGGED, TAGGED]);
});

test("a commit is on the first usual branch that holds it, else on any", async () => {
  expect((await findCommit(host, REPOSITORY, TAGGED))?.branch).toBe("origin/master");
  expect((await findCommit(host, REPOSITORY, FEATURE))?.branch).toBe("origin/feature/x");
});

test("files are listed without folders, and read as they are", async () => {
  const paths = await host.listFiles(REPOSITORY, MASTER);
  expect(paths).toEqual(expect.arrayContaining(["README.md", "qa/main.py", "qaboard.yaml"]));
  expect(paths).not.toContain("qa");
  const text = new TextDecoder().decode(await host.readFile(REPOSITORY, MASTER, "qa/batches.yaml"));
  expect(text).toMatch(/^my-batch:\n {2}inputs:/);
});

test("what is not there is undefined: commits, files, repositories", async () => {
  expect(await host.commit(REPOSITORY, "0".repeat(40))).toBeUndefined();
  expect(await host.readFile(REPOSITORY, MASTER, "none.txt")).toBeUndefined();
  expect(await host.listFiles(REPOSITORY, "0".repeat(40))).toBeUndefined();
  expect(await host.commit("qa/elsewhere", MASTER)).toBeUndefined();
  expect(await host.branchesWith("qa/elsewhere", MASTER)).toEqual([]);
});

test("with another token nothing is there", async () => {
  expect(await githubHost(stand.url, "another").commit(REPOSITORY, MASTER)).toBeUndefined();
});

test("what was read before is asked for with its ETag", async () => {
  const another = githubHost(stand.url, "a-token");
  const first = await another.commit(REPOSITORY, MASTER);
  expect(await another.commit(REPOSITORY, MASTER)).toEqual(first);
  expect(stand.requests.map(({ status }) => status)).toEqual([200, 304]);
});

test.each([
  ["403 with nothing left", { status: 403, headers: { "x-ratelimit-remaining": "0" } }],
  ["403 with a time to wait", { status: 403, headers: { "retry-after": "60" } }],
  ["429", { status: 429, headers: {} }],
  ["502", { status: 502, headers: {} }],
])("a host that answers %s is away: nothing counts as missing", async (_, refusal) => {
  stand.refuse(refusal);
  await expect(githubHost(stand.url, "a-token").commit(REPOSITORY, MASTER)).rejects.toThrow(OutboundError);
});

test("a push reads the projects of the tree from GitHub", async () => {
  const config = readConfig({ ...inject("stack").functionEnv, ...git });
  const push = { repository: REPOSITORY, git: "{}", hash: MASTER, branch: "master", commits: [] };
  const objects = s3Objects(config.OBJECTS_URL, { region: "eu-central-1", accessKeyId: "x", secretAccessKey: "x" });
  const kept = await qaboardPush.keep?.(push, config, objects);
  expect(kept?.commits.map(({ projectId, hash }) => [projectId, hash])).toEqual([
    [REPOSITORY, MASTER],
    [`${REPOSITORY}/sub/one`, MASTER],
  ]);
});

test("the edge makes a commit that a client only names from GitHub", async () => {
  const api = `${edge().url}/qaboard/api/v1`;
  const project = `${REPOSITORY}/${fresh("from-github")}`;
  const body = { project, project_root: REPOSITORY, git_commit_sha: FEATURE };
  const stored = await fetch(`${api}/commit/`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(stored.status).toBe(200);
  const commit: unknown = await (await fetch(`${api}/commit/${FEATURE}?project=${project}`)).json();
  expect(commit).toMatchObject({ id: FEATURE, branch: "feature/x", committer_name: "Grace Fixture" });
});
