import { checkoutSummary } from "./checkout-summary.ts";
import { fakeReport } from "./fake-report.ts";
import { hardwareSummary } from "./hardware-summary.ts";
import { issueReport } from "./issue-report.ts";
import { metricsSummary } from "./metrics-summary.ts";
import { newIssues } from "./new-issues.ts";
import type { Action, ActionName } from "./report.ts";
import { testReport } from "./test-report.ts";

/** How each action finds its reports. */
export const ACTION: Record<ActionName, Action> = {
  new_issues: newIssues,
  issue_report: issueReport,
  summary: checkoutSummary,
  hardware_summary: hardwareSummary,
  metrics_summary: metricsSummary,
  test_report: testReport,
  fake_report: fakeReport,
};
