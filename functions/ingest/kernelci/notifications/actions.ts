import { fakeReport } from "./fake-report.ts";
import type { Action, ActionName } from "./report.ts";

/** How each action finds its reports. */
export const ACTION: Record<ActionName, Action> = {
  new_issues: fakeReport,
  issue_report: fakeReport,
  summary: fakeReport,
  hardware_summary: fakeReport,
  metrics_summary: fakeReport,
  test_report: fakeReport,
  fake_report: fakeReport,
};
