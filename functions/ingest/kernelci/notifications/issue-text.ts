import type { IssueDetails, SeenBuild, SeenTest } from "../../../../db/queries/kernelci/notifications/issue-details.ts";
import { branchName, dashboardLink, regzbotLines, reportedBy, withFooter } from "./phrases.ts";
import { indented, mailText, type PlainText, plainText, when } from "./plain-text.ts";
import type { NotificationSettings } from "./settings.ts";

export type IssueFacts = {
  issue: IssueDetails;
  /** Of a build issue. */
  builds: readonly SeenBuild[];
  /** Of an issue of boots or tests. */
  tests: readonly SeenTest[];
  /** Carries lines for the regression robot. */
  forRegressions: boolean;
};

/** What the report of an issue says. */
export function issueText(
  { issue, builds, tests, forRegressions }: IssueFacts,
  messageId: string,
  settings: NotificationSettings,
) {
  const link = dashboardLink(settings, "issue", issue.id);
  const good = [...builds, ...tests].find(({ lastPassCommit }) => lastPassCommit !== null)?.lastPassCommit;
  const bad = issue.commit;
  const introduced =
    forRegressions && typeof good === "string" && bad !== null ? regzbotLines({ good, bad }, link) : undefined;
  const { excerpt } = issue;
  return mailText(
    withFooter(plainText`New ${issue.buildId === null ? "boot" : "build"} issue on ${branchName(issue)}:

${indented(issue.comment ?? "(no comment)")}

- dashboard: ${link}
- repository: ${issue.url ?? "unknown"}
- commit: ${bad ?? "unknown"}
${when((issue.tags ?? []).length > 0, () => plainText`- tags: ${(issue.tags ?? []).join(", ")}`)}

${when(excerpt !== null, () => plainText`Log excerpt:\n${indented(excerpt ?? "")}`)}

${when(builds.length > 0, () => plainText`Builds with it:\n\n${builds.map((build) => buildLines(build, settings))}`)}
${when(tests.length > 0, () => plainText`Platforms with it:\n\n${tests.map((test) => testLines(test, settings))}`)}

${reportedBy(messageId)}

${introduced ?? plainText``}
#kernelci issue ${issue.id}`),
  );
}

function buildLines(build: SeenBuild, settings: NotificationSettings): PlainText {
  return plainText`## ${build.config ?? "unknown"} on ${build.architecture ?? "unknown"}
- compiler: ${build.compiler ?? "unknown"}
- config: ${build.configUrl ?? "unknown"}
- dashboard: ${dashboardLink(settings, "build", build.id)}
- last commit that built: ${build.lastPassCommit ?? "none in 18 days"}
`;
}

function testLines(test: SeenTest, settings: NotificationSettings): PlainText {
  const { lastPassId, lastPassAt, lastPassCommit } = test;
  const passed =
    lastPassId === null
      ? plainText`- last pass: none in 18 days`
      : plainText`- last pass: ${dashboardLink(settings, "test", lastPassId)}
  of commit ${lastPassCommit ?? "unknown"}, at ${lastPassAt ?? "unknown"}`;
  return plainText`## ${test.platform ?? "unknown"}
- test: ${test.path ?? "unknown"}
- compatibles: ${(test.compatibles ?? []).join(" | ") || "unknown"}
- dashboard: ${dashboardLink(settings, "test", test.id)}
- ${test.fails} failed since ${test.since}
${passed}
`;
}
