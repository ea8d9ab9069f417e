import type { Commit, Counts, JudgedSeries } from "./shape.ts";

type Parts = Pick<Commit, "github" | "kernelci" | "qaboard">;

/** The verdicts of all parts in one line, what needs a look first. */
export function summarize({ github, kernelci, qaboard }: Parts): string {
  const series: JudgedSeries[] = [];
  const counted: Pick<Counts, "pass" | "error" | "missing" | "skip" | "running">[] = [];
  if (github.access === "granted") {
    series.push(...github.jobs);
    counted.push(github.counts);
  }
  if (kernelci.access === "granted") {
    series.push(...kernelci.failures);
    counted.push(...kernelci.counts);
  }
  if (qaboard.access === "granted") {
    series.push(...qaboard.outputs);
    counted.push(qaboard.counts);
  }
  const standing = (wanted: JudgedSeries["standing"]) => series.filter((one) => one.standing === wanted).length;
  const total = (name: keyof (typeof counted)[number]) => counted.reduce((sum, counts) => sum + counts[name], 0);
  const flaky = series.filter(({ verdict }) => verdict === "flaky").length;
  const told = [
    named(standing("new"), "new failure", "new failures"),
    named(standing("first_seen"), "failure first seen here", "failures first seen here"),
    named(standing("known"), "known failure", "known failures"),
    named(flaky, "flaky", "flaky"),
    named(total("error"), "infrastructure error", "infrastructure errors"),
    named(total("missing"), "missing", "missing"),
    named(total("running"), "without a result so far", "without a result so far"),
    named(total("pass"), "passed", "passed"),
    named(total("skip"), "skipped", "skipped"),
  ].filter((text) => text !== "");
  const isCut = [github, kernelci, qaboard].some((part) => part.access === "granted" && part.truncated);
  if (told.length === 0) return "No verdict yet";
  return `${isCut ? "At least " : ""}${told.join(", ")}`;
}

function named(count: number, one: string, many: string): string {
  return count === 0 ? "" : `${count} ${count === 1 ? one : many}`;
}
