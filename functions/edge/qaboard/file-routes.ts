import type { Route } from "../http/route.ts";
import * as exportFiles from "./export/export.get.ts";
import * as file from "./files/file.get.ts";
import * as uploads from "./files/uploads.post.ts";
import * as imageDifference from "./images/image-difference.post.ts";
import * as getPixel from "./images/image-pixel.get.ts";
import * as postPixel from "./images/image-pixel.post.ts";
import { reportRoute, tilesRoute } from "./images/unserved.ts";
import * as gitlabJob from "./integrations/gitlab-job.post.ts";
import * as gitlabPlay from "./integrations/gitlab-job-play.post.ts";
import * as gitlabProxy from "./integrations/gitlab-proxy.get.ts";
import * as jenkinsBuild from "./integrations/jenkins-build.post.ts";
import * as jenkinsTrigger from "./integrations/jenkins-build-trigger.post.ts";
import * as webhookProxy from "./integrations/webhook-proxy.post.ts";
import * as redoBatch from "./jobs/redo-batch.post.ts";
import * as redoOutput from "./jobs/redo-output.post.ts";
import * as saveArtifacts from "./jobs/save-artifacts.post.ts";
import * as startTuning from "./jobs/start-tuning.post.ts";
import * as manifest from "./outputs/output-manifest.get.ts";
import * as listTests from "./tests/group.post.ts";
import * as findGroups from "./tests/groups.get.ts";
import * as storeGroups from "./tests/groups.post.ts";
import * as push from "./webhook/push.post.ts";

/** What reads and writes files, and what asks other systems, in the contract's order. */
export const FILE_ROUTES: readonly Route[] = [
  // Section 6: changing and deleting results
  manifest.route,
  redoOutput.route,
  redoBatch.route,
  saveArtifacts.route,
  // Section 8: pushes
  push.route,
  // Section 9: test groups and tuning
  findGroups.route,
  storeGroups.route,
  listTests.route,
  startTuning.route,
  startTuning.withSlash,
  // Section 11: integrations
  gitlabProxy.route,
  webhookProxy.route,
  gitlabJob.route,
  gitlabPlay.route,
  jenkinsBuild.route,
  jenkinsTrigger.route,
  // Section 12: files
  file.route,
  uploads.route,
  exportFiles.route,
  getPixel.route,
  postPixel.route,
  imageDifference.route,
  reportRoute,
  tilesRoute,
];
