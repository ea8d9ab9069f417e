import { STATUSES } from "../../../../db/queries/kernelci/status-count.ts";
import type { Dimension, Figures, Kind, Tally } from "../../../../db/queries/kernelci/tree/figures.ts";

const FAILED = ["FAIL", "ERROR", "MISS"];

type Counted = { status: string; n: number };

/** The summary object of a details page (contract part 05, Summary object) from what SQL counted. */
export function summaryObject(figures: Figures, head: { tree_url: string; git_commit_tags: string[] | null }) {
  const { hardware, configs, architectures, compilers } = figures.offered;
  return {
    common: { hardware, tree_url: head.tree_url, git_commit_tags: head.git_commit_tags },
    summary: {
      builds: buildSummary(figures),
      boots: testSummary(figures, "boots"),
      tests: testSummary(figures, "tests"),
    },
    filters: {
      all: { configs, architectures, compilers },
      builds: offeredOf(figures, "builds"),
      boots: offeredOf(figures, "boots"),
      tests: offeredOf(figures, "tests"),
    },
  };
}

/** The counts of builds. */
export function buildSummary(figures: Figures) {
  const of = talliesOf(figures, "builds");
  const architectures = [...grouped(of("architectures"))].map(([architecture, tallies]) => {
    const compilers = [...new Set(tallies.map(({ other }) => `${other}`))].sort();
    return [architecture, { ...statusCount(tallies), compilers }];
  });
  return {
    status: statusCount(of("status")),
    origins: statusCounts(of("origins")),
    architectures: Object.fromEntries(architectures),
    configs: statusCounts(of("configs")),
    labs: statusCounts(of("labs")),
    ...issuesOf(figures, "builds"),
  };
}

/** The counts of boots or of other tests. */
export function testSummary(figures: Figures, kind: "boots" | "tests") {
  const of = talliesOf(figures, kind);
  const pairs = Map.groupBy(of("architectures"), ({ key, other }) => JSON.stringify([key, other]));
  const failed = of("platforms").filter(({ status }) => FAILED.includes(status));
  return {
    status: statusCount(of("status")),
    origins: statusCounts(of("origins")),
    architectures: [...pairs.values()].map((tallies) => {
      const [{ key: arch = null, other: compiler = null } = {}] = tallies;
      return { arch, compiler, status: statusCount(tallies) };
    }),
    configs: statusCounts(of("configs")),
    ...issuesOf(figures, kind),
    fail_reasons: Object.fromEntries(of("fail_reasons").map(({ key, n }) => [key, n])),
    failed_platforms: [...new Set(failed.map(({ key }) => key))],
    environment_compatible: occurring(of("environment_compatible")),
    environment_misc: occurring(of("environment_misc")),
    platforms: null,
    labs: statusCounts(of("labs")),
  };
}

/** Issues with their incidents by status, and how many failures have none. */
function issuesOf({ told, unknown }: Figures, kind: Kind) {
  const issues = Map.groupBy(
    told.filter((one) => one.kind === kind),
    ({ id, version }) => JSON.stringify([id, version]),
  );
  return {
    issues: [...issues.values()].flatMap((ofIssue) =>
      ofIssue.slice(0, 1).map(({ id, version, comment, report_url }) => {
        return { id, version, comment, report_url, incidents_info: statusCount(ofIssue) };
      }),
    ),
    unknown_issues: unknown.find((one) => one.kind === kind)?.n ?? 0,
  };
}

/** What there is to filter a kind by. */
export function offeredOf({ offered, unknown }: Figures, kind: Kind) {
  const valuesOf = (all: Figures["offered"]["origins"]) =>
    all.filter((one) => one.kind === kind).map(({ value }) => value);
  return {
    issues: offered.issues.filter((one) => one.kind === kind).map(({ id, version }) => [id, version]),
    origins: valuesOf(offered.origins),
    has_unknown_issue: unknown.find((one) => one.kind === kind)?.seen ?? false,
    labs: valuesOf(offered.labs),
  };
}

export function talliesOf({ tallies }: Figures, kind: Kind): (dimension: Dimension) => Tally[] {
  return (dimension) => tallies.filter((tally) => tally.kind === kind && tally.dimension === dimension);
}

/** Tallies by their key; a missing one is the text `null`, as in a JSON key. */
function grouped(tallies: readonly Tally[]): Map<string, Tally[]> {
  return Map.groupBy(tallies, ({ key }) => `${key}`);
}

/** A `StatusCount`: every status in its order (contract part 01). */
export function statusCount(counted: readonly Counted[]): Record<string, number> {
  return Object.fromEntries(STATUSES.map((status) => [status, sumOf(counted.filter((one) => one.status === status))]));
}

export function statusCounts(tallies: readonly Tally[]) {
  return Object.fromEntries([...grouped(tallies)].map(([key, ofKey]) => [key, statusCount(ofKey)]));
}

/** By key the statuses that occur, and no other. */
function occurring(tallies: readonly Tally[]) {
  return Object.fromEntries(
    [...grouped(tallies)].map(([key, ofKey]) => [key, Object.fromEntries(ofKey.map(({ status, n }) => [status, n]))]),
  );
}

function sumOf(counted: readonly Counted[]): number {
  return counted.reduce((sum, { n }) => sum + n, 0);
}
