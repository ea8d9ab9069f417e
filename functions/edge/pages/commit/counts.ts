import type { Verdict } from "../../../verdicts/verdict.ts";
import type { Counts, JudgedSeries } from "./shape.ts";

/** How many series there are of each verdict. */
export function countVerdicts(series: readonly JudgedSeries[]): Counts {
  const counts: Counts = { pass: 0, fail: 0, flaky: 0, skip: 0, error: 0, missing: 0, running: 0 };
  for (const { verdict } of series) counts[verdict ?? "running"] += 1;
  return counts;
}

const URGENCY: readonly (Verdict | null)[] = ["fail", "flaky", "error", "missing", null, "skip", "pass"];
const STANDINGS: readonly JudgedSeries["standing"][] = ["new", "first_seen", "known", null];

/** New failures first, then other failures, then what is doubtful; what passed comes last. */
export function byUrgency(a: JudgedSeries, b: JudgedSeries): number {
  return (
    URGENCY.indexOf(a.verdict) - URGENCY.indexOf(b.verdict) ||
    STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) ||
    compare(a.environment, b.environment) ||
    compare(a.name, b.name)
  );
}

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);
