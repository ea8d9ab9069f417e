import { beforeAll, describe, expect, test } from "vitest";
import { locationOf, untilSettled } from "../support/deliveries-api.ts";
import { deliver, freshRepository, workflowRun } from "../support/github-delivery.ts";
import { oneCheckout, submitToken, submitted } from "../support/kernelci-submissions.ts";
import { bearer, OWN, ownEdge, sum } from "../support/own-edge.ts";
import { servedRoutes } from "../support/served-routes.ts";

const READ_TOKEN = "read-token-of-one-file";
const QABOARD_READ = "qaboard-read-token-of-one-file";
const QABOARD_WRITE = "qaboard-write-token-of-one-file";
const SUBMIT_SECRET = "secret of submitters in one file";
const SUBMIT_TOKEN = await submitToken(SUBMIT_SECRET);
const restricted = ownEdge(() => ({
  GITHUB_READ_TOKEN_SHA256: sum(READ_TOKEN),
  KERNELCI_JWT_SECRET: SUBMIT_SECRET,
  QABOARD_READ_TOKEN_SHA256: sum(QABOARD_READ),
  QABOARD_WRITE_TOKEN_SHA256: sum(QABOARD_WRITE),
}));
const open = ownEdge();

type Row = { token: string; none: number; wrong: number; right: number };
const everyone = { token: OWN.adminToken, none: 200, wrong: 200, right: 200 };
const admin = { token: OWN.adminToken, none: 401, wrong: 401, right: 200 };
/** The signature is what opens it: no token does. */
const signed = { token: OWN.adminToken, none: 401, wrong: 401, right: 401 };
/** Asked for a repository that is not there. */
const reader = { token: READ_TOKEN, none: 401, wrong: 401, right: 404 };

/** Who submits shows a token that a secret of the deployment has signed. */
const submitter = { token: SUBMIT_TOKEN, none: 401, wrong: 401, right: 200 };
/** Asked for an excerpt that is not there. */
const absent = { ...everyone, none: 404, wrong: 404, right: 404 };

/** Open, but asked without a parameter that it needs. */
const incomplete = { ...everyone, none: 400, wrong: 400, right: 400 };

/** Asked for what is not there, or without what it needs. */
const qaboard = (token: string, right: number) => ({ token, none: 401, wrong: 401, right });
const rowsOf = (right: number, routes: readonly string[], token: string) =>
  Object.fromEntries(routes.map((route) => [route.replace(" ", " /qaboard/api/v1"), qaboard(token, right)]));

/** What each route answers without a token, with a wrong one and with the right one. */
const MATRIX: Record<string, Row> = {
  "GET /": everyone,
  "GET /pages.css": everyone,
  "GET /commits": incomplete,
  "GET /commits/{sha}": absent,
  "GET /health": everyone,
  "GET /ready": everyone,
  "GET /metrics": { ...admin, token: OWN.metricsToken },
  "GET /openapi.json": everyone,
  "GET /docs": everyone,
  "GET /docs/errors": everyone,
  "GET /deliveries": admin,
  "GET /deliveries/{id}": { ...admin, none: 404, wrong: 404 },
  "POST /deliveries/{id}/replay": { ...admin, right: 202 },
  "POST /deliveries/replays": admin,
  "GET /deliveries/replays/{id}": absent,
  "POST /webhooks/github": signed,
  "POST /github/webhook": signed,
  "POST /github/webhooks/github": signed,
  "POST /github/repos/{owner}/{repo}/scrapes": { ...admin, right: 202 },
  "GET /github/scrapes/{id}": { ...admin, none: 404, wrong: 404, right: 404 },
  "POST /github/recoveries": { ...admin, right: 202 },
  "POST /kernelci/submit": submitter,
  "GET /kernelci/status": { ...submitter, right: 400 },
  "GET /kernelci/authtest": submitter,
  "GET /kernelci/health": everyone,
  "GET /kernelci/metrics": everyone,
  "GET /kernelci/subscriptions": admin,
  "GET /kernelci/logexcerpt/{sum}/logexcerpt.txt.gz": absent,
  "GET /kernelci/": everyone,
  "POST /kernelci/api/issue/extras/": incomplete,
  "GET /kernelci/api/log-downloader/": incomplete,
  "GET /kernelci/api/proxy/": incomplete,
  "POST /kernelci/api/hardware/{hardware_id}": incomplete,
  ...Object.fromEntries(
    ["boots", "builds", "commit-history", "summary", "tests"].map((page) => [
      `POST /kernelci/api/hardware/{hardware_id}/${page}`,
      incomplete,
    ]),
  ),
  ...Object.fromEntries(
    [
      "build/{build_id}",
      "build/{build_id}/issues",
      "build/{build_id}/tests",
      "hardware/selectors/",
      "issue/",
      "issue/{issue_id}",
      "issue/{issue_id}/builds",
      "issue/{issue_id}/tests",
      "metrics/",
      "origins/",
      "schema/",
      "schema/redoc/",
      "schema/swagger-ui/",
      "test/{test_id}",
      "test/{test_id}/issues",
      "tree/",
      "tree/{commit_hash}/full",
      "tree/{commit_hash}/summary",
      "tree/{tree_name}/{git_branch}",
      "tree/{tree_name}/{git_branch}/commits",
      ...["boots", "builds", "full", "summary", "tests"].map(
        (part) => `tree/{tree_name}/{git_branch}/{commit_hash}/${part}`,
      ),
    ].map((path) => [`GET /kernelci/api/${path}`, everyone]),
  ),
  ...Object.fromEntries(
    [
      "test/status-history",
      "hardware-by-revision/",
      "hardware/",
      "tree-report/",
      "tree/commits-history",
      ...["boots", "builds", "commits", "tests"].map((part) => `tree/{commit_hash}/${part}`),
      "tree/{tree_name}/{git_branch}/{commit_hash}/commits",
      "tree/{tree_name}/{git_branch}/compare",
      "tree/{tree_name}/{git_branch}/compare/boots",
      "tree/{tree_name}/{git_branch}/compare/builds",
      "tree/{tree_name}/{git_branch}/compare/tests",
    ].map((path) => [`GET /kernelci/api/${path}`, incomplete]),
  ),
  ...rowsOf(200, ["GET /projects", "GET /project/branches"], QABOARD_READ),
  ...rowsOf(
    400,
    [
      "GET /commit/",
      "GET /commit/{id}",
      "GET /commits/",
      "GET /commits/{branch}",
      "GET /project",
      "GET /project/milestones/",
      "GET /output/{id}/",
      "GET /output/{id}/manifest/",
      "GET /output/image/pixel",
      "POST /output/image/pixel",
      "POST /output/diff/image",
      "GET /tests/groups",
      "POST /tests/group",
      "GET /gitlab/proxy",
    ],
    QABOARD_READ,
  ),
  ...rowsOf(
    400,
    [
      "POST /output/",
      "POST /batch/",
      "POST /batch/move/",
      "POST /batch/rename/",
      "POST /batch/stop/",
      "DELETE /output/{id}/",
      "POST /commit/",
      "POST /commit/{hash}",
      "PUT /output/{id}/",
      "POST /project/milestones/",
      "DELETE /project/milestones/",
      "POST /user/signup/",
      "POST /output/redo/{id}/",
      "POST /batch/redo/",
      "POST /commit/save-artifacts/",
      "POST /commit/{id}/batch",
      "POST /commit/{id}/batch/",
      "POST /tests/groups",
      "POST /gitlab/job/",
      "POST /gitlab/job/play/",
      "POST /jenkins/build/",
      "POST /jenkins/build/trigger/",
      "POST /webhook/proxy/",
      "GET /export/",
    ],
    QABOARD_WRITE,
  ),
  ...rowsOf(501, ["POST /output/diff/report"], QABOARD_READ),
  "GET /qaboard/iiif/2/{path}": qaboard(QABOARD_READ, 501),
  "GET /qaboard/s/{path}": qaboard(QABOARD_READ, 404),
  "POST /qaboard/uploads": qaboard(QABOARD_WRITE, 400),
  "POST /qaboard/webhook/gitlab": signed,
  ...rowsOf(404, ["DELETE /batch/{id}/", "DELETE /commit/{commit}/batches/"], QABOARD_WRITE),
  "GET /qaboard/api/v1/user/me/": everyone,
  "POST /qaboard/api/v1/user/auth/": incomplete,
  "POST /qaboard/api/v1/user/logout/": everyone,
  "GET /github/rate_limit": { ...reader, right: 200 },
  "GET /github/api/health": everyone,
  "GET /github/api/test-db": { ...reader, right: 200 },
  "GET /github/api/db-schema": { ...reader, right: 200 },
  "GET /github/api/metrics/dashboard": { ...reader, right: 200 },
  "GET /github/api/metrics/repos": { ...reader, right: 200 },
  "GET /github/api/metrics/workflow-runs": { ...reader, right: 200 },
  "GET /github/api/metrics/workflowruns": { ...reader, right: 200 },
  ...Object.fromEntries(
    ["/github/repos/{owner}/{repo}", "/github/repositories/{repository_id}"].flatMap((repository) =>
      [
        "",
        "/branches",
        "/branches/{branch}",
        "/commits",
        "/commits/{sha}",
        "/actions/workflows",
        "/actions/workflows/{workflow_id}",
        "/actions/workflows/{workflow_id}/runs",
        "/actions/runs",
        "/actions/runs/{run_id}",
        "/actions/runs/{run_id}/attempts/{attempt_number}",
        "/actions/runs/{run_id}/artifacts",
        "/actions/runs/{run_id}/jobs",
        "/actions/runs/{run_id}/attempts/{attempt_number}/jobs",
        "/actions/jobs/{job_id}",
        "/actions/insights/summary",
        "/actions/insights/timeseries",
        "/actions/insights/waterfall",
        "/actions/insights/flaky",
        "/actions/insights/queue-times",
        "/actions/insights/failures",
      ].map((below) => [`GET ${repository}${below}`, reader]),
    ),
  ),
};

let deliveryId = "";
beforeAll(async () => {
  deliveryId = (await untilSettled(locationOf(await deliver("workflow_run", workflowRun(freshRepository()))))).id;
  // Origins are those of late: without any, that route finds nothing.
  await submitted(oneCheckout(undefined, { start_time: new Date().toISOString() }));
});

/** Asks a route, its parameters filled in: the delivery is there, whatever else is named is not. */
async function ask(edgeUrl: string, route: string, token?: string): Promise<number> {
  const [method = "", path = ""] = route.split(" ");
  const filled = path.replace("{id}", deliveryId).replace(/\{[a-z_]+\}/g, "987654321");
  const headers = {
    "content-type": "application/json",
    "x-github-event": "star",
    "x-github-delivery": crypto.randomUUID(),
    ...(token === undefined ? {} : bearer(token)),
  };
  const answer = await fetch(edgeUrl + filled, { method, headers, ...(method === "POST" ? { body: "{}" } : {}) });
  await answer.arrayBuffer();
  return answer.status;
}

test("the matrix has a row for every served route, and none besides", () => {
  // Tokens of /eosc-perf are another matter: an OpenID Connect issuer gives them out.
  const ours = servedRoutes().filter((route) => !/ \/eosc-perf(\/|$)/.test(route));
  expect(Object.keys(MATRIX).sort()).toEqual(ours);
});

describe.each(Object.entries(MATRIX))("%s", (route, row) => {
  test("without a token", async () => expect(await ask(restricted().url, route)).toBe(row.none));

  test("with a wrong token", async () => {
    expect(await ask(restricted().url, route, "wrong")).toBe(row.wrong);
    expect(await ask(restricted().url, route, `${row.token}0`)).toBe(row.wrong);
  });

  test("with a token of another kind", async () => {
    const others = [OWN.adminToken, OWN.metricsToken, READ_TOKEN].filter((token) => token !== row.token);
    for (const other of others) {
      const opens = route === "GET /metrics" && other === OWN.adminToken;
      expect([other, await ask(restricted().url, route, other)]).toEqual([other, opens ? row.right : row.wrong]);
    }
  });

  test("with the right token", async () => expect(await ask(restricted().url, route, row.token)).toBe(row.right));
});

test("while reading is not restricted, reads need no token and mind none", async () => {
  const reads = Object.entries(MATRIX).filter(([, { token }]) => token === READ_TOKEN);
  expect(reads.length).toBeGreaterThan(20);
  for (const [route, { right }] of reads)
    for (const token of [undefined, "wrong"])
      expect([route, await ask(open().url, route, token)]).toEqual([route, right]);
});
