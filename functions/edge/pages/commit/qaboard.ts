import type * as z from "zod";
import { QABOARD_LIMITS, type QaboardCommit } from "../../../../db/queries/commits/qaboard.ts";
import { readOutput } from "../../../verdicts/outcome.ts";
import { judge, judgeFailure } from "../../../verdicts/verdict.ts";
import { byUrgency, countVerdicts } from "./counts.ts";
import type { JudgedSeries, QaboardPart } from "./shape.ts";

type Output = QaboardCommit["outputs"][number];

/** What QA-Board's tables know of a commit: its batches, and every listed output judged. */
export function qaboardPart(found: QaboardCommit, sha: string): z.infer<typeof QaboardPart> {
  const earlier = Map.groupBy(found.earlier, ({ seriesId }) => seriesId);
  const series = Map.groupBy(found.outputs, ({ seriesId }) => seriesId);
  const outputs = [...series].map(([id, attempts]) => judgeOutput(attempts, earlier.get(id) ?? [])).sort(byUrgency);
  return {
    access: "granted",
    batches: found.batches.map(({ project, label, created_at, valid, pending, running, failed, deleted }) => ({
      project,
      label,
      created_at,
      valid,
      pending,
      running,
      failed,
      deleted,
      url: `/qaboard/api/v1/commit/${sha}?${new URLSearchParams({ project, batch: label })}`,
    })),
    counts: countVerdicts(outputs),
    outputs,
    truncated: found.outputs.length === QABOARD_LIMITS.outputs || found.batches.length === QABOARD_LIMITS.batches,
  };
}

function judgeOutput(attempts: readonly Output[], earlier: QaboardCommit["earlier"]): JudgedSeries {
  const outcomes = attempts.map(readOutput);
  const verdict = judge(outcomes) ?? null;
  const history = earlier.map((one) => ({ commit: one.sha, outcome: readOutput(one) }));
  const last = attempts.at(-1);
  const described = [last?.project, last?.label, last?.platform, last?.configurations, last?.parameters];
  return {
    kind: "output",
    name: last?.input ?? "",
    environment: described.filter((part) => typeof part === "string" && !["", "[]", "{}"].includes(part)).join(", "),
    verdict,
    standing: verdict === "fail" ? judgeFailure(history) : null,
    queue_seconds: null,
    run_seconds: null,
    metrics: last?.metrics ?? [],
    evidence: attempts.map((output, nth) => ({
      outcome: outcomes[nth] ?? null,
      label: `output ${output.id}`,
      url: `/qaboard/api/v1/output/${output.id}/`,
    })),
  };
}
