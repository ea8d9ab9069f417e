import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../../dev/ports.ts";
// @ts-expect-error the stand-in is plain JavaScript, so that recordings can be replayed anywhere
import { startStub } from "../../conformance/stub.mjs";
import { ownEdge } from "../../support/own-edge.ts";

const ROUTES = join(import.meta.dirname, "../../conformance/recordings/qaboard/seed/stub-routes.json");
const port = await freePort();
const host = `127.0.0.1:${port}`;
const stub = `http://${host}`;
const edge = ownEdge(() => ({
  QABOARD_GITLAB_TOKENS: JSON.stringify({ [host]: "gitlab-token" }),
  QABOARD_JENKINS_AUTH: JSON.stringify({ [host]: { user: "u", token: "t", crumb: "c" } }),
}));
let stop = () => {};
beforeAll(async () => {
  stop = (await startStub(port, ROUTES)).close;
});
afterAll(() => stop());

async function post(path: string, body: unknown) {
  const answer = await fetch(`${edge().url}/qaboard/api/v1/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}
const gitlab = { gitlab_host: stub, project_id: "qa/demo", commit_id: "c1" };

test("the last job of a name is shown, and one by its number", async () => {
  expect(await post("gitlab/job/", { ...gitlab, job_name: "deploy" })).toMatchObject({
    status: 200,
    body: { id: 503 },
  });
  expect(await post("gitlab/job/", { ...gitlab, job_id: 501 })).toMatchObject({ status: 200, body: { id: 501 } });
});

test("the first job of a name is played", async () => {
  expect(await post("gitlab/job/play/", { ...gitlab, job_name: "deploy" })).toMatchObject({ body: { id: 502 } });
});

test.each([
  ["an unknown job", { job_name: "nope" }, 404],
  ["an unknown commit", { job_name: "deploy", commit_id: "unknown" }, 404],
  ["neither job nor name", {}, 400],
])("%s is refused", async (_, more, status) => {
  expect((await post("gitlab/job/", { ...gitlab, ...more })).status).toBe(status);
});

test("a build's status is told in GitLab's words", async () => {
  const build = async (number: number) =>
    (await post("jenkins/build/", { web_url: `${stub}/job/demo/${number}` })).body;
  expect(await build(4)).toMatchObject({ status: "success", allow_failure: false });
  expect(await build(7)).toMatchObject({ status: "UNSTABLE", allow_failure: true });
  expect(await build(9)).toEqual({ error: "ERROR: unknown status" });
});

test("a build is begun, and found once it has left the queue", async () => {
  expect(await post("jenkins/build/trigger/", { build_url: `${stub}/job/demo/`, params: { p: 1 } })).toMatchObject({
    status: 200,
    body: { status: "pending", web_url: `${stub}/job/demo/4/` },
  });
});

test("a build that Jenkins does not queue is an error that says why", async () => {
  const { status, body } = await post("jenkins/build/trigger/", { build_url: `${stub}/job/noloc` });
  expect(status).toBe(500);
  expect(body).toMatchObject({ error: expect.stringContaining("no location here") });
});

test("the webhook proxy sends JSON, forms and credentials as Python's requests does", async () => {
  const echo = async (more: object) =>
    (await post("webhook/proxy/", { method: "post", url: `${stub}/echo`, ...more })).body;
  expect(await echo({ json: { a: [1, "é"] } })).toMatchObject({ body: '{"a": [1, "\\u00e9"]}' });
  expect(await echo({ data: { k: "v w" }, params: { q: 1 } })).toMatchObject({ body: "k=v+w", query: { q: "1" } });
  expect(await echo({ auth: { username: "u", password: "p" } })).toMatchObject({ authorization: "Basic dTpw" });
});
