import { expect, test } from "vitest";
import * as z from "zod";
import { IREE, RunList, read, seeded } from "../../support/github-reads.ts";

seeded();

const JSON_TYPE = "application/json; charset=utf-8";
const Refusal = z.looseObject({ documentation_url: z.string(), errors: z.array(z.unknown()) });
const RUNS = `${IREE}/actions/runs`;

async function answered(path: string, init?: RequestInit) {
  const answer = await read(path, init);
  expect(answer.headers.get("content-type")).toBe(JSON_TYPE);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  return [answer.status, await answer.json()];
}

const NOT_FOUND = [404, { message: "Not Found", documentation_url: expect.any(String), status: "404" }];

test.each([
  ["/repos/iree-org/nope"],
  ["/repos/iree-org/iree-like.git"],
  ["/repos/iree-org/nope/branches"],
  ["/repos/iree-org/nope/branches/main"],
  ["/repos/iree-org/nope/commits"],
  ["/repos/iree-org/nope/commits/main"],
  ["/repos/iree-org/nope/actions/workflows"],
  ["/repos/iree-org/nope/actions/workflows/ci.yml"],
  ["/repos/iree-org/nope/actions/workflows/ci.yml/runs"],
  ["/repos/iree-org/nope/actions/runs"],
  ["/repos/iree-org/nope/actions/runs/13401727532"],
  ["/repos/iree-org/nope/actions/runs/13401727532/jobs"],
  ["/repos/iree-org/nope/actions/jobs/40200001480"],
  ["/repositories/1"],
  ["/repositories/0"],
  ["/repositories/-700100200"],
  ["/repositories/700100200.0"],
  ["/repositories/99999999999999999999"],
  ["/repositories/iree-like/actions/runs"],
  [`${RUNS}/1`],
  [`${RUNS}/0`],
  [`${RUNS}/-1`],
  [`${RUNS}/1.5`],
  [`${RUNS}/latest`],
  [`${RUNS}/9007199254740993`],
  [`${RUNS}/99999999999999999999999999`],
  ["/repos/iree-org/turbine-like/actions/runs/13401727532"],
  ["/repositories/700100300/actions/runs/13401727532"],
  [`${RUNS}/1/jobs`],
  ["/repos/iree-org/turbine-like/actions/runs/13401005144/jobs"],
  [`${RUNS}/13401005144/attempts/0`],
  [`${RUNS}/13401005144/attempts/4`],
  [`${RUNS}/13401005144/attempts/2147483648`],
  [`${RUNS}/13401005144/attempts/x`],
  [`${RUNS}/13401005144/attempts/4/jobs`],
  [`${RUNS}/13401005144/attempts/0/jobs`],
  ["/repos/iree-org/turbine-like/actions/runs/13401005144/attempts/1/jobs"],
  [`${IREE}/actions/jobs/5`],
  [`${IREE}/actions/jobs/x`],
  ["/repos/iree-org/turbine-like/actions/jobs/40200001480"],
  [`${IREE}/actions/workflows/1`],
  [`${IREE}/actions/workflows/CI.yml`],
  [`${IREE}/actions/workflows/99999999999999999999`],
  [`${IREE}/actions/workflows/.github%2Fworkflows%2Fci.yml`],
  [`${IREE}/actions/workflows/nope.yml/runs`],
  ["/repos/iree-org/turbine-like/actions/workflows/200011"],
  [`${IREE}/commits?sha=nope`],
])("%s is not found", async (path) => {
  expect(await answered(path)).toEqual(NOT_FOUND);
});

test.each([
  ["/nothing"],
  ["/repos"],
  ["/repos/iree-org"],
  [`${IREE}/`],
  [`${IREE}/issues`],
  [`${IREE}/actions`],
  [`${RUNS}/13401005144/logs`],
])("at %s nothing is served", async (path) => {
  const answer = await read(path);
  expect([answer.status, await answer.json()]).toEqual(NOT_FOUND);
});

test("an unknown branch and an unknown commit have words of their own", async () => {
  const branch = { message: "Branch not found", documentation_url: expect.any(String), status: "404" };
  for (const name of ["nope", "Main", "releas", "%00"])
    expect(await answered(`${IREE}/branches/${name}`)).toEqual([404, branch]);
  const sha = "f".repeat(40);
  const commit = { message: `No commit found for SHA: ${sha}`, documentation_url: expect.any(String), status: "422" };
  expect(await answered(`${IREE}/commits/${sha}`)).toEqual([422, commit]);
  expect(await answered(`/repos/iree-org/turbine-like/commits/${sha}`)).toEqual([422, commit]);
});

test.each([
  [`${RUNS}?status=done`, "WorkflowRun", ["status"]],
  [`${RUNS}?status=SUCCESS`, "WorkflowRun", ["status"]],
  [`${RUNS}?created=yesterday`, "WorkflowRun", ["created"]],
  [`${RUNS}?created=0000-01-01`, "WorkflowRun", ["created"]],
  [`${RUNS}?check_suite_id=x`, "WorkflowRun", ["check_suite_id"]],
  [`${RUNS}?check_suite_id=-1`, "WorkflowRun", ["check_suite_id"]],
  [`${RUNS}?check_suite_id=9223372036854775808`, "WorkflowRun", ["check_suite_id"]],
  [`${RUNS}?exclude_pull_requests=maybe`, "WorkflowRun", ["exclude_pull_requests"]],
  [`${RUNS}?branch=a%00b`, "WorkflowRun", ["branch"]],
  [`${RUNS}?actor=%00&event=%00&head_sha=%00`, "WorkflowRun", ["actor", "event", "head_sha"]],
  [`${RUNS}?status=x&created=x`, "WorkflowRun", ["status", "created"]],
  [`${IREE}/actions/workflows/ci.yml/runs?status=x`, "WorkflowRun", ["status"]],
  [`${RUNS}/13401005144?exclude_pull_requests=2`, "WorkflowRun", ["exclude_pull_requests"]],
  [`${RUNS}/13401005144/jobs?filter=newest`, "WorkflowJob", ["filter"]],
  [`${IREE}/branches?protected=perhaps`, "Branch", ["protected"]],
  [`${IREE}/commits?since=x&until=y&author=%00`, "Commit", ["author", "since", "until"]],
])("%s is refused field by field", async (path, resource, fields) => {
  const [status, body] = await answered(path);
  const { errors, ...rest } = Refusal.parse(body);
  expect([status, rest]).toEqual([
    422,
    { message: "Validation Failed", documentation_url: rest.documentation_url, status: "422" },
  ]);
  expect(new Set(errors)).toEqual(new Set(fields.map((field) => ({ resource, field, code: "invalid" }))));
});

test.each([
  ["per_page=0", 30],
  ["per_page=-5", 30],
  ["per_page=x", 30],
  ["per_page=1e2", 30],
  ["per_page=", 30],
  ["per_page=101", 100],
  ["per_page=999999999999999999999999", 100],
  ["page=0", 30],
  ["page=-1", 30],
  ["page=x", 30],
  ["page=21", 0],
  ["page=9007199254740993", 0],
  ["page=99999999999999999999999999999999", 0],
  [`page=${"9".repeat(400)}&per_page=${"9".repeat(400)}`, 0],
])("runs?%s gives a page of %i and the true total", async (query, length) => {
  const answer = await read(`${RUNS}?${query}`);
  const { total_count: total, workflow_runs: runs } = RunList.parse(await answer.json());
  expect([answer.status, total, runs.length]).toEqual([200, 600, length]);
});

test("paths that are known refuse other methods", async () => {
  for (const path of [IREE, RUNS, `${RUNS}/1`, "/repositories/1", `${IREE}/branches/a/b`, "/rate_limit"])
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await read(path, { method });
      expect([path, method, answer.status]).toEqual([path, method, 405]);
      expect(answer.headers.get("allow")).toContain("GET");
      expect(await answer.json()).toMatchObject({ message: "Method Not Allowed", status: "405" });
    }
});
