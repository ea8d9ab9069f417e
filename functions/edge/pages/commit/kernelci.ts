import type * as z from "zod";
import { KERNELCI_LIMITS, type KernelciCommit } from "../../../../db/queries/commits/kernelci.ts";
import { repositoryIdentity } from "../../../formats/repository-identity.ts";
import { readKcidbStatus } from "../../../verdicts/outcome.ts";
import { judge, judgeFailure } from "../../../verdicts/verdict.ts";
import { byUrgency } from "./counts.ts";
import type { JudgedSeries, KernelciPart } from "./shape.ts";

type Series = KernelciCommit["series"][number];

/** What KernelCI's tables know of a commit: counts by environment, and every series with a failure judged with its repeats. */
export function kernelciPart(found: KernelciCommit): z.infer<typeof KernelciPart> {
  const failing = (kind: "build" | "test") =>
    found.series.filter((one) => (one.kind === "build") === (kind === "build"));
  const isCut = (["build", "test"] as const).some((kind) => failing(kind).length === KERNELCI_LIMITS.failing);
  return {
    access: "granted",
    checkouts: found.checkouts.map(({ id, origin, tree, branch, address, time }) => ({
      id,
      origin,
      tree,
      branch,
      repository: (address === null ? undefined : repositoryIdentity(address)) ?? null,
      time,
    })),
    counts: found.totals.map(({ none, ...counts }) => ({ ...counts, running: none })),
    groups: found.groups.map(({ none, ...group }) => ({ ...group, running: none })),
    failures: found.series.map(judgeSeries).sort(byUrgency),
    truncated:
      isCut || found.groups.length === KERNELCI_LIMITS.groups || found.checkouts.length === KERNELCI_LIMITS.checkouts,
  };
}

function judgeSeries(series: Series): JudgedSeries {
  const outcomes = series.own.map(({ status }) => readKcidbStatus(status));
  const verdict = judge(outcomes) ?? null;
  const history = series.earlier.map(({ sha, status }) => ({ commit: sha, outcome: readKcidbStatus(status) }));
  const { platform, architecture, configuration, compiler, origin } = series;
  const environment = [platform, architecture, configuration, compiler, origin].filter((part) => part !== null);
  const api = series.kind === "build" ? "build" : "test";
  return {
    kind: series.kind,
    name: series.name,
    environment: environment.join(", "),
    verdict,
    standing: verdict === "fail" ? judgeFailure(history) : null,
    queue_seconds: null,
    run_seconds: null,
    metrics: [],
    evidence: series.own.map(({ id, lab }, nth) => ({
      outcome: outcomes[nth] ?? null,
      label: lab ?? id ?? "a row",
      url: id === null ? null : `/kernelci/api/${api}/${encodeURIComponent(id)}`,
    })),
  };
}
