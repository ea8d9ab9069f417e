import * as z from "zod";
import { listTreeRecipients } from "../../../../db/queries/kernelci/notifications/subscriptions.ts";
import { type HistoryRun, statusHistoryOf } from "../../../../db/queries/kernelci/status-history.ts";
import { testOf } from "../../../../db/queries/kernelci/test.ts";
import { isForRegressions } from "./addressees.ts";
import { branchName, dashboardLink, regzbotLines, reportedBy, withFooter } from "./phrases.ts";
import { indented, mailText, plainText, when } from "./plain-text.ts";
import { type Action, NotFound } from "./report.ts";
import { statusMark } from "./status-marks.ts";

const text = z.string().nullable();
const Test = z.object({
  ...{ id: z.string(), status: z.string(), path: text, log_excerpt: text, log_url: text, start_time: text },
  ...{ field_timestamp: z.string(), compiler: text, architecture: text, config_name: text, git_commit_hash: text },
  ...{ git_repository_branch: text, git_repository_url: text, tree_name: text, origin: text },
  git_commit_tags: z.array(z.string()).nullable(),
  environment_compatible: z.array(z.string()).nullable(),
  environment_misc: z.object({ platform: z.string().optional() }).nullable().catch(null),
});
type Test = z.infer<typeof Test>;

const RUNS = 10;

/** One test with its last runs. */
export const testReport: Action = {
  listParts: async (_db, { id = "" }) => [id],
  async find(db, id, request, settings) {
    const found = await testOf(db, id);
    if (found === null) throw new NotFound(`No test ${id} is stored.`);
    const test = Test.parse(JSON.parse(found));
    const runs = await statusHistoryOf(db, historyOf(test));
    const branch = { tree: test.tree_name, branch: test.git_repository_branch };
    const platform = test.environment_misc?.platform ?? "unknown platform";
    const isBoot = test.path === "boot" || test.path?.startsWith("boot.") === true;
    const url = test.git_repository_url;
    const regressionOf = test.tree_name ?? undefined;
    const good = isForRegressions({ regressionOf }, request) ? runs.find(({ status }) => status === "PASS") : undefined;
    return [
      {
        id,
        action: "test_report",
        subject: `${isBoot ? "[BOOT REGRESSION]" : "[TEST REGRESSION]"} ${branchName(branch)}: ${test.path} on ${platform}`,
        text: (messageId) =>
          reportText(test, {
            runs,
            platform,
            good: good?.git_commit_hash,
            messageId,
            link: dashboardLink(settings, "test", id),
          }),
        recipients: url === null ? [] : await listTreeRecipients(db, { url }, request.subscriptions),
        regressionOf,
      },
    ];
  },
};

function historyOf(test: Test) {
  return {
    path: test.path ?? "",
    origin: test.origin ?? "",
    repositoryUrl: test.git_repository_url ?? "",
    branch: test.git_repository_branch ?? "",
    config: test.config_name ?? "",
    platform: test.environment_misc?.platform,
    startedUntil: test.start_time ?? undefined,
    storedUntil: test.field_timestamp,
    size: RUNS,
  };
}

type Facts = {
  runs: readonly HistoryRun[];
  platform: string;
  good: string | null | undefined;
  messageId: string;
  link: string;
};

function reportText(test: Test, { runs, platform, good, messageId, link }: Facts): string {
  const bad = test.git_commit_hash;
  const known = (value: string | null) => value ?? "unknown";
  return mailText(
    withFooter(plainText`Test failure on ${branchName({ tree: test.tree_name, branch: test.git_repository_branch })}:

${known(test.path)} on ${platform}

- dashboard: ${link}
- status: ${test.status}
- history: ${
      runs
        .map(({ status }) => statusMark(status))
        .toReversed()
        .join(" → ") || "none"
    } (newest last)
- started: ${known(test.start_time)}
- repository: ${known(test.git_repository_url)}
- commit: ${known(bad)}
${when((test.git_commit_tags ?? []).length > 0, () => plainText`- tags: ${(test.git_commit_tags ?? []).join(", ")}`)}
- config: ${known(test.config_name)} (${known(test.architecture)}, ${known(test.compiler)})
- compatibles: ${(test.environment_compatible ?? []).join(" | ") || "unknown"}
- log: ${known(test.log_url)}

${when(!!test.log_excerpt, () => plainText`Log excerpt:\n${indented(test.log_excerpt ?? "")}`)}

${reportedBy(messageId)}

${when(typeof good === "string" && bad !== null, () => regzbotLines({ good: good ?? "", bad: bad ?? "" }, link))}
#kernelci test ${test.id}`),
  );
}
