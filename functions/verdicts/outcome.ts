/** What one attempt or repeat came to. docs/verdicts.md says how each source's own words read. */
export type Outcome = "pass" | "fail" | "skip" | "error" | "missing";

const CONCLUSIONS: Readonly<Record<string, Outcome>> = {
  success: "pass",
  failure: "fail",
  timed_out: "fail",
  startup_failure: "error",
  cancelled: "error",
  stale: "error",
  skipped: "skip",
  neutral: "skip",
};

/** The outcome of an attempt of a GitHub job; a failure that no runner ever took up is an error. Undefined while there is none. */
export function readConclusion(conclusion: string | null, hadRunner: boolean): Outcome | undefined {
  const outcome = conclusion === null ? undefined : CONCLUSIONS[conclusion];
  return outcome === "fail" && !hadRunner ? "error" : outcome;
}

const STATUSES: Readonly<Record<string, Outcome>> = {
  PASS: "pass",
  FAIL: "fail",
  SKIP: "skip",
  ERROR: "error",
  MISS: "missing",
};

/** The outcome of a KCIDB status; undefined for DONE, which says nothing of success, and for none. */
export function readKcidbStatus(status: string | null): Outcome | undefined {
  return status === null ? undefined : STATUSES[status];
}

/** The outcome of a QA-Board output; undefined while it is pending or running. */
export function readOutput(output: { isPending: boolean; isRunning: boolean; isFailed: boolean }): Outcome | undefined {
  if (output.isPending || output.isRunning) return undefined;
  return output.isFailed ? "fail" : "pass";
}
