import { listNewIssues, type NewIssue } from "../../../../db/queries/kernelci/notifications/new-issues.ts";
import { storeNewIssues } from "../../../../db/upserts/kernelci/notifications.ts";
import { findIssueReport } from "./issue-report.ts";
import { branchName, dashboardLink, minuteOf, withFooter } from "./phrases.ts";
import { mailText, type PlainText, plainText, when } from "./plain-text.ts";
import type { Action, Report } from "./report.ts";
import type { NotificationSettings } from "./settings.ts";

/** The origin whose new build issues are reported to the mailing lists, one by one. */
const REPORTED_ORIGIN = "maestro";

/** One mail about all issues that are new, then one to the lists for each new build issue of maestro. */
export const newIssues: Action = {
  listParts: async () => ["new_issues"],
  async find(db, part, request, settings) {
    const issues = await listNewIssues(db, request.hours);
    if (issues.length === 0) return [];
    const found = issues.map(({ id, version, type }) => ({ issueId: id, issueVersion: version, issueType: type }));
    const summary: Report = {
      id: part,
      action: "new_issues",
      subject: `new issues summary - ${minuteOf(new Date())}`,
      text: () => newIssuesText(issues, settings),
      recipients: [],
      store: (tx) => storeNewIssues(tx, found),
    };
    const reports: Report[] = [summary];
    for (const { id, type, origin } of issues) {
      if (type !== "build" || origin !== REPORTED_ORIGIN) continue;
      const report = await findIssueReport(db, id, request, settings, true);
      if (report !== undefined) reports.push(report);
    }
    return reports;
  },
};

function newIssuesText(issues: readonly NewIssue[], settings: NotificationSettings): string {
  const listed = (type: NewIssue["type"]) =>
    issues.filter((issue) => issue.type === type).map((issue) => issueLines(issue, settings));
  const [builds, boots] = [listed("build"), listed("boot")];
  return mailText(
    withFooter(plainText`${when(builds.length > 0, () => plainText`Build regressions:\n\n${builds}`)}

${when(boots.length > 0, () => plainText`Boot regressions:\n\n${boots}`)}`),
  );
}

function issueLines(issue: NewIssue, settings: NotificationSettings): PlainText {
  return plainText`#kernelci issue ${issue.id}
- comment: ${issue.comment ?? "(no comment)"}
- first seen: ${issue.seenAt}
- tree: ${branchName(issue)}
- origin: ${issue.origin}
- commit: ${issue.commit ?? "unknown"}
- incidents: ${issue.incidents}
- dashboard: ${dashboardLink(settings, "issue", issue.id)}
`;
}
