import type { CheckoutSummary, Histories } from "../../../../db/queries/kernelci/notifications/checkout-summary.ts";
import { dashboardLink, withFooter } from "./phrases.ts";
import { mailText, type PlainText, plainText } from "./plain-text.ts";
import type { NotificationSettings } from "./settings.ts";
import { countsLine, type Outcomes, statusMark } from "./status-marks.ts";

/** More than a mail's reader goes through. */
const MAX_ITEMS = 500;

/** What the summary of a checkout says. */
export function summaryText(found: CheckoutSummary, settings: NotificationSettings): string {
  const branch = `${found.tree_name ?? "unknown"}/${found.git_branch}`;
  return mailText(
    withFooter(plainText`Status of ${branch}

- dashboard: ${treeLink(found, settings)}
- repository: ${found.git_url}
- branch: ${found.git_branch}
- commit: ${found.commit_hash}${found.git_commit_name === null ? "" : ` (${found.git_commit_name})`}
- origin: ${found.origin}
- started: ${found.checkout_start_time}

${countsLine("Builds", outcomes(found.build_status_summary))}
${countsLine("Boots", outcomes(found.boot_status_summary))}
${countsLine("Tests", outcomes(found.test_status_summary))}

### BUILD ISSUES

${issueLines(found, settings)}

### POSSIBLE REGRESSIONS

${historyLines(found.possible_regressions, "No possible regressions.", settings)}

### FIXED REGRESSIONS

${historyLines(found.fixed_regressions, "No fixed regressions.", settings)}

### UNSTABLE TESTS

${historyLines(found.unstable_tests, "No unstable tests.", settings)}

Marks: ${statusMark("PASS")} passed, ${statusMark("FAIL")} failed, ${statusMark(null)} neither; newest last.`),
  );
}

function treeLink(found: CheckoutSummary, { KERNELCI_DASHBOARD_URL: base }: NotificationSettings): string {
  const path = [found.tree_name ?? "", found.git_branch, found.commit_hash].map(encodeURIComponent).join("/");
  return `${base}/tree/${path}?o=${encodeURIComponent(found.origin)}`;
}

/** Counts by any status, whether it is written `PASS` or `pass_count`. */
function outcomes(counts: Readonly<Record<string, number>>): Outcomes {
  const passed = counts.PASS ?? counts.pass_count ?? 0;
  const failed = counts.FAIL ?? counts.fail_count ?? 0;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { passed, failed, inconclusive: all - passed - failed };
}

function issueLines({ issues }: CheckoutSummary, settings: NotificationSettings): readonly PlainText[] {
  const byIssue = Map.groupBy(issues.builds, ({ issue_id, version }) => `${issue_id} ${version}`);
  if (byIssue.size === 0) return [plainText`No build issues.`];
  return [...byIssue.values()].slice(0, MAX_ITEMS).flatMap((builds) => {
    const [issue] = builds;
    if (issue === undefined) return [];
    return plainText`- ${issue.comment ?? "(no comment)"}${issue.is_new_issue ? " (new)" : ""}
  ${builds.length} builds: ${dashboardLink(settings, "issue", issue.issue_id)}`;
  });
}

function historyLines(histories: Histories, none: string, settings: NotificationSettings): readonly PlainText[] {
  const lines = Object.entries(histories).flatMap(([platform, configs]) => [
    plainText`Hardware: ${platform}`,
    ...Object.entries(configs).flatMap(([config, targets]) =>
      Object.entries(targets).flatMap(([target, paths]) =>
        Object.entries(paths).map(([path, runs]) => {
          const marks = runs.map(({ status }) => statusMark(status)).toReversed();
          return plainText`- ${path} (${config}, ${target})
  last run: ${dashboardLink(settings, "test", runs[0]?.id ?? "")}
  history: ${marks.join(" ")}`;
        }),
      ),
    ),
  ]);
  if (lines.length === 0) return [plainText`${none}`];
  if (lines.length <= MAX_ITEMS) return lines;
  return [...lines.slice(0, MAX_ITEMS), plainText`… and ${lines.length - MAX_ITEMS} more lines on the dashboard.`];
}
