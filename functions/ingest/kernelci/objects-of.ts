import type {
  NewBuild,
  NewCheckout,
  NewIncident,
  NewIssue,
  NewTest,
  Objects,
} from "../../../db/upserts/kernelci/objects.ts";
import { withLab } from "./labs.ts";
import type { SubmissionDocument } from "./schema.ts";

type Sent<K extends keyof Objects> = NonNullable<SubmissionDocument[K]>[number];

/** The objects of a document as rows, labs filled in; a checkout that says no start began when it was received. */
export function objectsOf(document: SubmissionDocument, receivedAt: string): Objects {
  return {
    checkouts: (document.checkouts ?? []).map((sent) => checkoutOf(sent, receivedAt)),
    builds: (document.builds ?? []).map(buildOf),
    tests: (document.tests ?? []).map(testOf),
    issues: (document.issues ?? []).map(issueOf),
    incidents: (document.incidents ?? []).map(incidentOf),
  };
}

function checkoutOf(sent: Sent<"checkouts">, receivedAt: string): NewCheckout {
  return {
    id: sent.id,
    origin: sent.origin,
    treeName: sent.tree_name,
    gitRepositoryUrl: sent.git_repository_url,
    gitCommitHash: sent.git_commit_hash,
    gitCommitName: sent.git_commit_name,
    gitRepositoryBranch: sent.git_repository_branch,
    patchsetFiles: sent.patchset_files,
    patchsetHash: sent.patchset_hash,
    messageId: sent.message_id,
    comment: sent.comment,
    startTime: sent.start_time ?? receivedAt,
    logUrl: sent.log_url,
    logExcerpt: sent.log_excerpt,
    valid: sent.valid,
    misc: sent.misc,
    gitCommitMessage: sent.git_commit_message,
    gitRepositoryBranchTip: sent.git_repository_branch_tip,
    gitCommitTags: sent.git_commit_tags,
    originBuildsFinishTime: sent.origin_builds_finish_time,
    originTestsFinishTime: sent.origin_tests_finish_time,
  };
}

function buildOf(sent: Sent<"builds">): NewBuild {
  return {
    id: sent.id,
    origin: sent.origin,
    checkoutId: sent.checkout_id,
    comment: sent.comment,
    startTime: sent.start_time,
    duration: sent.duration,
    architecture: sent.architecture,
    command: sent.command,
    compiler: sent.compiler,
    inputFiles: sent.input_files,
    outputFiles: sent.output_files,
    configName: sent.config_name,
    configUrl: sent.config_url,
    logUrl: sent.log_url,
    logExcerpt: sent.log_excerpt,
    misc: withLab(sent.misc, "lab", sent.origin),
    status: sent.status,
  };
}

function testOf(sent: Sent<"tests">): NewTest {
  return {
    id: sent.id,
    origin: sent.origin,
    buildId: sent.build_id,
    environmentComment: sent.environment?.comment,
    environmentMisc: sent.environment?.misc,
    environmentCompatible: sent.environment?.compatible,
    path: sent.path,
    comment: sent.comment,
    logUrl: sent.log_url,
    logExcerpt: sent.log_excerpt,
    status: sent.status,
    startTime: sent.start_time,
    duration: sent.duration,
    inputFiles: sent.input_files,
    outputFiles: sent.output_files,
    misc: withLab(sent.misc, "runtime", sent.origin),
    numberValue: sent.number?.value,
    numberPrefix: sent.number?.prefix,
    numberUnit: sent.number?.unit,
  };
}

function issueOf(sent: Sent<"issues">): NewIssue {
  return {
    id: sent.id,
    origin: sent.origin,
    version: wholeNumber(sent.version),
    reportUrl: sent.report_url,
    reportSubject: sent.report_subject,
    culpritCode: sent.culprit?.code,
    culpritTool: sent.culprit?.tool,
    culpritHarness: sent.culprit?.harness,
    comment: sent.comment,
    misc: sent.misc,
    categories: sent.categories,
  };
}

function incidentOf(sent: Sent<"incidents">): NewIncident {
  return {
    id: sent.id,
    origin: sent.origin,
    issueId: sent.issue_id,
    issueVersion: wholeNumber(sent.issue_version),
    buildId: sent.build_id,
    testId: sent.test_id,
    present: sent.present,
    comment: sent.comment,
    misc: sent.misc,
  };
}

/** A number as it was written may be `1.0` or `1e0`, which no integer column takes. */
function wholeNumber(written: unknown): number {
  return Number(JSON.stringify(written));
}
