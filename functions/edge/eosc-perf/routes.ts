import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../env.ts";
import type { Route } from "../http/route.ts";
import * as apiSpec from "./api-spec.get.ts";
import { route as approveBenchmark } from "./benchmarks/approve.post.ts";
import { route as createBenchmark } from "./benchmarks/create.post.ts";
import { route as deleteBenchmark } from "./benchmarks/delete.delete.ts";
import { route as getBenchmark } from "./benchmarks/find.get.ts";
import { route as listBenchmarks } from "./benchmarks/list.get.ts";
import { route as rejectBenchmark } from "./benchmarks/reject.post.ts";
import { route as searchBenchmarks } from "./benchmarks/search.get.ts";
import { route as updateBenchmark } from "./benchmarks/update.put.ts";
import { route as approveFlavor } from "./flavors/approve.post.ts";
import { route as addFlavor } from "./flavors/create.post.ts";
import { route as deleteFlavor } from "./flavors/delete.delete.ts";
import { route as getFlavor } from "./flavors/find.get.ts";
import { route as listFlavors } from "./flavors/list.get.ts";
import { route as rejectFlavor } from "./flavors/reject.post.ts";
import { route as searchFlavor } from "./flavors/search.get.ts";
import { route as getFlavorSite } from "./flavors/site.get.ts";
import { route as updateFlavor } from "./flavors/update.put.ts";
import { answerRefusal } from "./http/errors.ts";
import { mountRoutes } from "./http/mount.ts";
import * as index from "./index.get.ts";
import { route as approveClaim } from "./reports/approve-claim.post.ts";
import { route as getClaim } from "./reports/find-claim.get.ts";
import { route as listClaims } from "./reports/list-claims.get.ts";
import { route as listSubmits } from "./reports/list-submits.get.ts";
import { route as rejectClaim } from "./reports/reject-claim.post.ts";
import { route as createResults } from "./results/batch.post.ts";
import { route as claimReport } from "./results/claim.post.ts";
import { route as createResult } from "./results/create.post.ts";
import { route as deleteResult } from "./results/delete.delete.ts";
import { route as getResult } from "./results/find.get.ts";
import { route as resultUploader } from "./results/find-uploader.get.ts";
import { route as listResults } from "./results/list.get.ts";
import { route as listResultClaims } from "./results/list-claims.get.ts";
import { route as searchResults } from "./results/search.get.ts";
import { route as updateResult } from "./results/update-tags.put.ts";
import { route as approveSite } from "./sites/approve.post.ts";
import { route as createSite } from "./sites/create.post.ts";
import { route as deleteSite } from "./sites/delete.delete.ts";
import { route as getSite } from "./sites/find.get.ts";
import { route as listSites } from "./sites/list.get.ts";
import { route as rejectSite } from "./sites/reject.post.ts";
import { route as searchSites } from "./sites/search.get.ts";
import { route as updateSite } from "./sites/update.put.ts";
import { route as createTag } from "./tags/create.post.ts";
import { route as deleteTag } from "./tags/delete.delete.ts";
import { route as getTag } from "./tags/find.get.ts";
import { route as listTags } from "./tags/list.get.ts";
import { route as searchTag } from "./tags/search.get.ts";
import { route as updateTag } from "./tags/update.put.ts";
import { route as listUsers } from "./users/list.get.ts";
import { route as listUserClaims } from "./users/list-own-claims.get.ts";
import { route as listUserResults } from "./users/list-own-results.get.ts";
import { route as registerSelf } from "./users/register.post.ts";
import { route as removeUsers } from "./users/remove.post.ts";
import { route as searchUsers } from "./users/search.get.ts";
import { route as getSelf } from "./users/self.get.ts";
import { route as tryAdmin } from "./users/try-admin.get.ts";
import { route as updateSelf } from "./users/update-self.post.ts";

/** Everything under /eosc-perf, in the contract's order. */
const ROUTES: readonly Route[] = [
  listBenchmarks,
  createBenchmark,
  searchBenchmarks,
  getBenchmark,
  updateBenchmark,
  deleteBenchmark,
  approveBenchmark,
  rejectBenchmark,
  listSubmits,
  listClaims,
  getClaim,
  approveClaim,
  rejectClaim,
  listResults,
  createResult,
  searchResults,
  createResults,
  getResult,
  deleteResult,
  claimReport,
  updateResult,
  listResultClaims,
  resultUploader,
  listSites,
  createSite,
  searchSites,
  getSite,
  updateSite,
  deleteSite,
  approveSite,
  rejectSite,
  listFlavors,
  addFlavor,
  searchFlavor,
  getFlavor,
  updateFlavor,
  deleteFlavor,
  approveFlavor,
  rejectFlavor,
  getFlavorSite,
  listTags,
  createTag,
  searchTag,
  getTag,
  updateTag,
  deleteTag,
  listUsers,
  registerSelf,
  removeUsers,
  searchUsers,
  getSelf,
  updateSelf,
  tryAdmin,
  listUserResults,
  listUserClaims,
];

/** The EOSC-Perf API: each route's contract says where it stands and what it takes. */
export function eoscPerfRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  app.onError(answerRefusal);
  mountRoutes(app, ROUTES);
  app.openapi(apiSpec.route, apiSpec.documentOf(ROUTES.map(({ contract }) => contract)));
  app.openapi(index.route, index.handler);
  return app;
}
