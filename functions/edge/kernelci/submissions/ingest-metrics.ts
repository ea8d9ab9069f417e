import type { ObjectFigures } from "../../../../db/queries/kernelci/object-figures.ts";
import type { SubmissionFigures } from "../../../../db/queries/kernelci/submission-figures.ts";
import { messagesIn } from "../../../cron/queue-watch.ts";
import type { QueueDepth } from "../../../outside/queue.ts";
import type { Metric, Sample } from "../../system/prometheus.ts";

/** As the original labels its own ingester, so that its queries keep working. */
const INGESTER = { ingester: "django" };

/** Labels of each kind of object, beside the ingester. */
const LABELS = {
  checkouts: ["origin"],
  issues: ["origin"],
  incidents: ["origin"],
  builds: ["origin", "lab"],
  tests: ["origin", "lab", "platform"],
} as const;

/**
 * The counters of the ingester and the aggregator under the names that Prometheus reads from the original (contract part
 * 09): its library appends `_total`. `depth` is undefined when the queue did not answer.
 */
export function ingestMetrics(
  { origins, refused, dead }: SubmissionFigures,
  { objects, written, deadlocks }: ObjectFigures,
  depth: QueueDepth | undefined,
): Metric[] {
  const counter = (name: string, help: string, samples: readonly Sample[]): Metric => ({
    name: `${name}_total`,
    type: "counter",
    help,
    samples,
  });
  const stored = origins.reduce((sum, { total }) => sum + total, 0);
  const failures = Object.entries({ rejected: refused, dead });
  return [
    counter("kcidb_ingestions", "Submissions stored.", [{ labels: INGESTER, value: stored }]),
    ...Object.entries(LABELS).map(([what, names]) =>
      counter(
        `kcidb_${what}`,
        `Submitted ${what}, each time one is sent.`,
        objects
          .filter((row) => row.what === what)
          .map((row) => ({
            labels: { ...INGESTER, ...Object.fromEntries(names.map((name) => [name, row[name]])) },
            value: row.total,
          })),
      ),
    ),
    counter(
      "kcidb_ingester_worker_failures",
      "Submissions that were not stored, by their end.",
      failures.map(([reason, value]) => ({ labels: { ...INGESTER, reason }, value })),
    ),
    {
      name: "kcidb_ingestion_queue",
      type: "gauge",
      help: "Messages in the queue, those of other sources as well.",
      samples: depth === undefined ? [] : [{ labels: INGESTER, value: messagesIn(depth) }],
    },
    counter(
      "aggregation_records_written",
      "Rows of the derived tables written, as the database counts them.",
      written.map(({ table, total }) => ({ labels: { table }, value: total })),
    ),
    counter("aggregation_deadlock_retries", "Deadlocks that the database broke; the transaction is tried again.", [
      { labels: { table: "any" }, value: deadlocks },
    ]),
  ];
}
