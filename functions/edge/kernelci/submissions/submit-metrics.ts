import type { SubmissionFigures } from "../../../../db/queries/kernelci/submission-figures.ts";
import type { Metric } from "../../system/prometheus.ts";

/** The metrics of the submit service (contract part 02). */
export function submitMetrics({ origins, settled, sizeBytes, refused, dead, waiting }: SubmissionFigures): Metric[] {
  return [
    counter("kcidb_submissions_total", "Submissions stored or refused.", settled),
    counter("kcidb_submission_size_total", "Bytes of the submissions stored.", sizeBytes),
    counter("kcidb_errors_total", "Submissions that were not stored.", refused + dead),
    counter("kcidb_system_errors_total", "Submissions given up for reasons of ours.", dead),
    counter("kcidb_user_errors_total", "Submissions refused.", refused),
    gauge("kcidb_json_files", "Submissions that are tried again.", waiting),
    {
      name: "kcidb_submissions_by_origin",
      type: "counter",
      help: "Submissions stored, by the origin of their token.",
      samples: origins.map(({ origin, total }) => ({ labels: { origin }, value: total })),
    },
  ];
}

function counter(name: string, help: string, value: number): Metric {
  return { name, type: "counter", help, samples: [{ value }] };
}

/** A gauge of one value. */
export function gauge(name: string, help: string, value: number): Metric {
  return { ...counter(name, help, value), type: "gauge" };
}
