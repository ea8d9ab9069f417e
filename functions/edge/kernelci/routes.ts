import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { except } from "hono/combine";
import { etag, RETAINED_304_HEADERS } from "hono/etag";
import type { Env } from "../env.ts";
import * as build from "./builds/build.get.ts";
import * as buildIssues from "./builds/build-issues.get.ts";
import * as buildTests from "./builds/build-tests.get.ts";
import * as dashboardMetrics from "./figures/dashboard-metrics.get.ts";
import * as origins from "./figures/origins.get.ts";
import * as hardwareBoots from "./hardware/boots.post.ts";
import * as hardwareBuilds from "./hardware/builds.post.ts";
import * as hardwareByRevision from "./hardware/by-revision.get.ts";
import * as hardwareCommitHistory from "./hardware/commit-history.post.ts";
import * as hardwareFull from "./hardware/full.post.ts";
import * as hardwareList from "./hardware/list.get.ts";
import * as hardwareSelectors from "./hardware/selectors.get.ts";
import * as hardwareSummary from "./hardware/summary.post.ts";
import * as hardwareTests from "./hardware/tests.post.ts";
import { compressed } from "./http/compressed.ts";
import { crossOrigin } from "./http/cross-origin.ts";
import { dispatch } from "./http/dispatch.ts";
import { documentedRoute } from "./http/documented.ts";
import { answerKernelciFailure } from "./http/failure.ts";
import type { Entry } from "./http/route-table.ts";
import { tellsOfFailures } from "./http/tell-chat.ts";
import * as issue from "./issues/issue.get.ts";
import * as issueBuilds from "./issues/issue-builds.get.ts";
import * as issueExtras from "./issues/issue-extras.post.ts";
import * as issueList from "./issues/issue-list.get.ts";
import * as issueTests from "./issues/issue-tests.get.ts";
import * as logDownloader from "./logs/log-downloader.get.ts";
import * as proxy from "./logs/proxy.get.ts";
import { schemaRoutes } from "./schema/schema-routes.ts";
import { submitRoutes } from "./submissions/submit-routes.ts";
import * as test from "./tests/test.get.ts";
import * as testIssues from "./tests/test-issues.get.ts";
import * as testStatusHistory from "./tests/test-status-history.get.ts";
import * as treeBoots from "./trees/boots.get.ts";
import * as treeBuilds from "./trees/builds.get.ts";
import * as treeCommitList from "./trees/commit-list.get.ts";
import * as treeCommits from "./trees/commits.get.ts";
import * as treeCommitsHistory from "./trees/commits-history.get.ts";
import * as treeCompare from "./trees/compare.get.ts";
import * as treeCompareBoots from "./trees/compare-boots.get.ts";
import * as treeCompareBuilds from "./trees/compare-builds.get.ts";
import * as treeCompareTests from "./trees/compare-tests.get.ts";
import * as treeFull from "./trees/full.get.ts";
import * as treeLatest from "./trees/latest.get.ts";
import * as treeList from "./trees/list.get.ts";
import * as treeReport from "./trees/report.get.ts";
import * as treeSummary from "./trees/summary.get.ts";
import * as treeTests from "./trees/tests.get.ts";

const MOUNT = "/kernelci/api";

/**
 * The API's table of contents, in the contract's order of matching (part 01): the first line that a path matches serves it,
 * whatever the method. "page": whole answers may be kept.
 */
const ROUTES: readonly Entry[] = [
  ["test/status-history", testStatusHistory, "page"],
  ["test/{test_id}", test, "page"],
  ["tree/", treeList, "page"],
  ["tree/{commit_hash}/full", treeFull, "none"],
  ["tree/{commit_hash}/summary", treeSummary, "none"],
  ["tree/{commit_hash}/builds", treeBuilds, "none"],
  ["tree/{commit_hash}/boots", treeBoots, "none"],
  ["tree/{commit_hash}/tests", treeTests, "none"],
  ["tree/{commit_hash}/commits", treeCommits, "page"],
  ["tree/commits-history", treeCommitsHistory, "page"],
  ["tree/{tree_name}/{git_branch}/commits", treeCommitList, "page"],
  ["tree/{tree_name}/{git_branch...}/compare/boots", treeCompareBoots, "page"],
  ["tree/{tree_name}/{git_branch...}/compare/tests", treeCompareTests, "page"],
  ["tree/{tree_name}/{git_branch...}/compare/builds", treeCompareBuilds, "page"],
  ["tree/{tree_name}/{git_branch...}/compare", treeCompare, "page"],
  ["tree/{tree_name}/{git_branch...}/{commit_hash}/commits", treeCommits.direct, "page"],
  ["tree/{tree_name}/{git_branch...}/{commit_hash}/full", treeFull.direct, "none"],
  ["tree/{tree_name}/{git_branch...}/{commit_hash}/summary", treeSummary.direct, "none"],
  ["tree/{tree_name}/{git_branch...}/{commit_hash}/builds", treeBuilds.direct, "none"],
  ["tree/{tree_name}/{git_branch...}/{commit_hash}/boots", treeBoots.direct, "none"],
  ["tree/{tree_name}/{git_branch...}/{commit_hash}/tests", treeTests.direct, "none"],
  ["tree/{tree_name}/{git_branch...}", treeLatest, "page"],
  ["tree-report/", treeReport, "none"],
  ["build/{build_id}", build, "page"],
  ["build/{build_id}/tests", buildTests, "page"],
  ["build/{build_id}/issues", buildIssues, "page"],
  ["test/{test_id}/issues", testIssues, "page"],
  ["log-downloader/", logDownloader, "page"],
  ["hardware/selectors/", hardwareSelectors, "page"],
  ["hardware/{hardware_id}", hardwareFull, "none"],
  ["hardware/{hardware_id}/summary", hardwareSummary, "none"],
  ["hardware/{hardware_id}/builds", hardwareBuilds, "none"],
  ["hardware/{hardware_id}/boots", hardwareBoots, "none"],
  ["hardware/{hardware_id}/tests", hardwareTests, "none"],
  ["hardware/{hardware_id}/commit-history", hardwareCommitHistory, "none"],
  ["hardware/", hardwareList, "page"],
  ["hardware-by-revision/", hardwareByRevision, "page"],
  ["issue/", issueList, "page"],
  ["issue/extras/", issueExtras, "none"],
  ["issue/{issue_id}", issue, "page"],
  ["issue/{issue_id}/builds", issueBuilds, "page"],
  ["issue/{issue_id}/tests", issueTests, "page"],
  ["origins/", origins, "none"],
  ["metrics/", dashboardMetrics, "none"],
  ["proxy/", proxy, "none"],
];

/** The whole API: those routes, and its description of them. */
export const API_ROUTES: readonly Entry[] = [...ROUTES, ...schemaRoutes(ROUTES)];

/** Everything under /kernelci: the API of the dashboard below /api, and the submit service. */
export function kernelciRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  app.onError(answerKernelciFailure);
  for (const [, { route }] of API_ROUTES) app.openAPIRegistry.registerPath(documentedRoute(route));
  const tagged = etag({ weak: true, retainedHeaders: [...RETAINED_304_HEADERS] });
  // A tag takes the whole body, and logs are passed on as they come.
  const isLog = ({ req }: Context<Env>) => req.path === `${MOUNT}/proxy/`;
  app.use("/api/*", compressed, crossOrigin, except(isLog, tagged), tellsOfFailures);
  app.all("/api/*", dispatch(MOUNT, API_ROUTES));
  app.route("/", submitRoutes());
  return app;
}
