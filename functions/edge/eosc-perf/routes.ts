import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../env.ts";
import * as apiSpec from "./api-spec.get.ts";
import * as benchmarkDelete from "./benchmark.delete.ts";
import * as benchmark from "./benchmark.get.ts";
import * as benchmarkPut from "./benchmark.put.ts";
import * as benchmarkApprove from "./benchmark-approve.post.ts";
import * as benchmarkReject from "./benchmark-reject.post.ts";
import * as benchmarks from "./benchmarks.get.ts";
import * as benchmarksPost from "./benchmarks.post.ts";
import * as benchmarksSearch from "./benchmarks-search.get.ts";
import { answerRefusal } from "./errors.ts";
import * as flavorDelete from "./flavor.delete.ts";
import * as flavor from "./flavor.get.ts";
import * as flavorPut from "./flavor.put.ts";
import * as flavorApprove from "./flavor-approve.post.ts";
import * as flavorReject from "./flavor-reject.post.ts";
import * as flavorSite from "./flavor-site.get.ts";
import * as index from "./index.get.ts";
import { servedPath } from "./path.ts";
import * as claim from "./reports-claim.get.ts";
import * as claimApprove from "./reports-claim-approve.post.ts";
import * as claimReject from "./reports-claim-reject.post.ts";
import * as claims from "./reports-claims.get.ts";
import * as submits from "./reports-submits.get.ts";
import * as resultDelete from "./result.delete.ts";
import * as result from "./result.get.ts";
import * as resultClaim from "./result-claim.post.ts";
import * as resultClaims from "./result-claims.get.ts";
import * as resultTags from "./result-tags.put.ts";
import * as resultUploader from "./result-uploader.get.ts";
import * as results from "./results.get.ts";
import * as resultsPost from "./results.post.ts";
import * as resultsBatch from "./results-batch.post.ts";
import * as resultsSearch from "./results-search.get.ts";
import * as siteDelete from "./site.delete.ts";
import * as site from "./site.get.ts";
import * as sitePut from "./site.put.ts";
import * as siteApprove from "./site-approve.post.ts";
import * as siteFlavors from "./site-flavors.get.ts";
import * as siteFlavorsPost from "./site-flavors.post.ts";
import * as siteFlavorsSearch from "./site-flavors-search.get.ts";
import * as siteReject from "./site-reject.post.ts";
import * as sites from "./sites.get.ts";
import * as sitesPost from "./sites.post.ts";
import * as sitesSearch from "./sites-search.get.ts";
import * as tagDelete from "./tag.delete.ts";
import * as tag from "./tag.get.ts";
import * as tagPut from "./tag.put.ts";
import * as tags from "./tags.get.ts";
import * as tagsPost from "./tags.post.ts";
import * as tagsSearch from "./tags-search.get.ts";
import * as users from "./users.get.ts";
import * as usersRegister from "./users-register.post.ts";
import * as usersRemove from "./users-remove.post.ts";
import * as usersSearch from "./users-search.get.ts";
import * as self from "./users-self.get.ts";
import * as selfClaims from "./users-self-claims.get.ts";
import * as selfResults from "./users-self-results.get.ts";
import * as selfTryAdmin from "./users-self-try-admin.get.ts";
import * as selfUpdate from "./users-self-update.post.ts";

/** Contract and answer. */
type Served = { route: RouteConfig; handler: (c: Context<Env>) => Promise<Response> };

/** Everything under /eosc-perf, in the contract's order. */
const ROUTES: readonly Served[] = [
  benchmarks,
  benchmarksPost,
  benchmarksSearch,
  benchmark,
  benchmarkPut,
  benchmarkDelete,
  benchmarkApprove,
  benchmarkReject,
  submits,
  claims,
  claim,
  claimApprove,
  claimReject,
  results,
  resultsPost,
  resultsSearch,
  resultsBatch,
  result,
  resultDelete,
  resultClaim,
  resultTags,
  resultClaims,
  resultUploader,
  sites,
  sitesPost,
  sitesSearch,
  site,
  sitePut,
  siteDelete,
  siteApprove,
  siteReject,
  siteFlavors,
  siteFlavorsPost,
  siteFlavorsSearch,
  flavor,
  flavorPut,
  flavorDelete,
  flavorApprove,
  flavorReject,
  flavorSite,
  tags,
  tagsPost,
  tagsSearch,
  tag,
  tagPut,
  tagDelete,
  users,
  usersRegister,
  usersRemove,
  usersSearch,
  self,
  selfUpdate,
  selfTryAdmin,
  selfResults,
  selfClaims,
];

/** The EOSC-Perf API: each route's contract says where it stands and what it takes. */
export function eoscPerfRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  app.onError(answerRefusal);
  for (const { route, handler } of ROUTES) {
    app.openAPIRegistry.registerPath(route);
    app.on(route.method.toUpperCase(), servedPath(route.path), handler);
  }
  app.openapi(apiSpec.route, apiSpec.documentOf(ROUTES.map(({ route }) => route)));
  app.openapi(index.route, index.handler);
  return app;
}
