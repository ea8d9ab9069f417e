import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../env.ts";
import { mountRoutes } from "../http/mount.ts";
import type { Route } from "../http/route.ts";
import * as deleteBatch from "./batches/delete-batch.delete.ts";
import * as moveOutputs from "./batches/move-outputs.post.ts";
import * as renameBatch from "./batches/rename-batch.post.ts";
import * as stopBatch from "./batches/stop-batch.post.ts";
import * as storeBatch from "./batches/store-batch.post.ts";
import * as deleteCommitBatches from "./commits/delete-commit-batches.delete.ts";
import * as findCommit from "./commits/find-commit.get.ts";
import * as findNewestCommit from "./commits/find-newest-commit.get.ts";
import * as listBranchCommits from "./commits/list-branch-commits.get.ts";
import * as listCommits from "./commits/list-commits.get.ts";
import * as storeCommit from "./commits/store-commit.post.ts";
import { FILE_ROUTES } from "./file-routes.ts";
import { answerFailure, refuseInvalid } from "./http/errors.ts";
import { redirectToSlash } from "./http/redirect-to-slash.ts";
import * as changeOutput from "./outputs/change-output.put.ts";
import * as deleteOutput from "./outputs/delete-output.delete.ts";
import * as findOutput from "./outputs/find-output.get.ts";
import * as storeOutput from "./outputs/store-output.post.ts";
import * as findProject from "./projects/find-project.get.ts";
import * as listBranches from "./projects/list-branches.get.ts";
import * as listProjects from "./projects/list-projects.get.ts";
import * as removeMilestone from "./projects/milestones.delete.ts";
import * as listMilestones from "./projects/milestones.get.ts";
import * as storeMilestone from "./projects/milestones.post.ts";
import * as findSelf from "./users/find-self.get.ts";
import * as logIn from "./users/log-in.post.ts";
import * as logOut from "./users/log-out.post.ts";
import * as signUp from "./users/sign-up.post.ts";

const MOUNT = "/qaboard";

/** Everything under /qaboard, in the contract's order; of two lines that a path matches, the first serves it. */
const ROUTES: readonly Route[] = [
  // Some of its paths would be hashes to `/commit/{hash}`.
  ...FILE_ROUTES,
  // Section 4: writing results
  storeOutput.route,
  storeBatch.route,
  storeCommit.route,
  storeCommit.withHash,
  // Section 5: reading
  listProjects.route,
  findProject.route,
  listBranches.route,
  listCommits.route,
  listBranchCommits.route,
  findNewestCommit.route,
  findCommit.route,
  findOutput.route,
  // Section 6: changing and deleting results
  changeOutput.route,
  deleteOutput.route,
  stopBatch.route,
  renameBatch.route,
  moveOutputs.route,
  deleteBatch.route,
  deleteCommitBatches.route,
  // Section 7: milestones
  listMilestones.route,
  storeMilestone.route,
  removeMilestone.route,
  // Section 10: users and sessions
  signUp.route,
  logIn.route,
  findSelf.route,
  logOut.route,
];

/** The QA-Board API. */
export function qaboardRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  app.onError(answerFailure);
  app.use(redirectToSlash(MOUNT, ROUTES));
  mountRoutes(app, ROUTES);
  return app;
}
