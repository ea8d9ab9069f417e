/** What a test's history can show. */
export const REGRESSIONS = ["regression", "fixed", "unstable", "pass", "fail"] as const;

/** What the statuses of a test, newest first, show (contract part 07, status history). */
export function regressionOf(statuses: readonly string[]): (typeof REGRESSIONS)[number] {
  const [newest] = statuses;
  if (!statuses.every((status) => status === "PASS" || status === "FAIL")) return "unstable";
  const changes = statuses.filter((status, at) => at > 0 && status !== statuses[at - 1]).length;
  if (changes > 1) return "unstable";
  if (newest === "PASS") return changes === 0 ? "pass" : "fixed";
  return changes === 0 ? "fail" : "regression";
}
