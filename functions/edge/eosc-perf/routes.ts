import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../env.ts";
import * as apiSpec from "./api-spec.get.ts";
import * as benchmarkApprove from "./benchmarks/approve.post.ts";
import * as benchmarksPost from "./benchmarks/create.post.ts";
import * as benchmarkDelete from "./benchmarks/delete.delete.ts";
import * as benchmark from "./benchmarks/find.get.ts";
import * as benchmarks from "./benchmarks/list.get.ts";
import * as benchmarkReject from "./benchmarks/reject.post.ts";
import * as benchmarksSearch from "./benchmarks/search.get.ts";
import * as benchmarkPut from "./benchmarks/update.put.ts";
import * as flavorApprove from "./flavors/approve.post.ts";
import * as siteFlavorsPost from "./flavors/create.post.ts";
import * as flavorDelete from "./flavors/delete.delete.ts";
import * as flavor from "./flavors/find.get.ts";
import * as siteFlavors from "./flavors/list.get.ts";
import * as flavorReject from "./flavors/reject.post.ts";
import * as siteFlavorsSearch from "./flavors/search.get.ts";
import * as flavorSite from "./flavors/site.get.ts";
import * as flavorPut from "./flavors/update.put.ts";
import { answerRefusal } from "./http/errors.ts";
import { servedPath } from "./http/path.ts";
import * as index from "./index.get.ts";
import * as claimApprove from "./reports/approve-claim.post.ts";
import * as claim from "./reports/find-claim.get.ts";
import * as claims from "./reports/list-claims.get.ts";
import * as submits from "./reports/list-submits.get.ts";
import * as claimReject from "./reports/reject-claim.post.ts";
import * as resultsBatch from "./results/batch.post.ts";
import * as resultClaim from "./results/claim.post.ts";
import * as resultsPost from "./results/create.post.ts";
import * as resultDelete from "./results/delete.delete.ts";
import * as result from "./results/find.get.ts";
import * as resultUploader from "./results/find-uploader.get.ts";
import * as results from "./results/list.get.ts";
import * as resultClaims from "./results/list-claims.get.ts";
import * as resultsSearch from "./results/search.get.ts";
import * as resultTags from "./results/update-tags.put.ts";
import * as siteApprove from "./sites/approve.post.ts";
import * as sitesPost from "./sites/create.post.ts";
import * as siteDelete from "./sites/delete.delete.ts";
import * as site from "./sites/find.get.ts";
import * as sites from "./sites/list.get.ts";
import * as siteReject from "./sites/reject.post.ts";
import * as sitesSearch from "./sites/search.get.ts";
import * as sitePut from "./sites/update.put.ts";
import * as tagsPost from "./tags/create.post.ts";
import * as tagDelete from "./tags/delete.delete.ts";
import * as tag from "./tags/find.get.ts";
import * as tags from "./tags/list.get.ts";
import * as tagsSearch from "./tags/search.get.ts";
import * as tagPut from "./tags/update.put.ts";
import * as users from "./users/list.get.ts";
import * as selfClaims from "./users/list-own-claims.get.ts";
import * as selfResults from "./users/list-own-results.get.ts";
import * as usersRegister from "./users/register.post.ts";
import * as usersRemove from "./users/remove.post.ts";
import * as usersSearch from "./users/search.get.ts";
import * as self from "./users/self.get.ts";
import * as selfTryAdmin from "./users/try-admin.get.ts";
import * as selfUpdate from "./users/update-self.post.ts";

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
