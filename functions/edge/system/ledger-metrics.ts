import type { LedgerFigures } from "../../../db/queries/ledger/ledger-figures.ts";
import { messagesIn } from "../../cron/queue-watch.ts";
import type { QueueDepth } from "../../outside/queue.ts";
import type { Metric } from "./prometheus.ts";

/** The metrics of /metrics; docs/operations.md says what each means. `depth` is undefined when the queue did not answer. */
export function ledgerMetrics(figures: LedgerFigures, depth: QueueDepth | undefined, release: string): Metric[] {
  const { counts, storeLagSeconds: lag } = figures;
  const isRefusal = (outcome: string) => outcome === "rejected" || outcome === "dead";
  const counter = (name: string, help: string, samples: Metric["samples"]): Metric => ({
    name: `runledger_${name}`,
    type: "counter",
    help,
    samples,
  });
  const gauge = (name: string, help: string, ...samples: Metric["samples"]): Metric => ({
    name: `runledger_${name}`,
    type: "gauge",
    help,
    samples,
  });
  return [
    gauge("build_info", "The release that answers.", { labels: { release }, value: 1 }),
    counter(
      "deliveries_total",
      "Deliveries stored, by outcome.",
      counts
        .filter(({ outcome }) => !isRefusal(outcome))
        .map(({ source, outcome, total }) => ({ labels: { source, outcome }, value: total })),
    ),
    counter(
      "rejected_total",
      "Deliveries that were refused or died in the queue.",
      counts
        .filter(({ outcome }) => isRefusal(outcome))
        .map(({ source, outcome, total }) => ({ labels: { source, state: outcome }, value: total })),
    ),
    gauge("dead_letters", "Dead deliveries not stored by a replay yet.", { value: figures.deadLetters }),
    gauge("waiting_messages", "Messages handed back to the queue, and replays not through yet.", {
      value: figures.waiting,
    }),
    gauge(
      "store_lag_seconds",
      "From received to stored, over the last 5 minutes.",
      ...["0.5", "0.95", "0.99"].map((quantile, i) => ({ labels: { quantile }, value: lag?.[i] ?? Number.NaN })),
    ),
    gauge("queue_up", "Whether the queue answered.", { value: depth === undefined ? 0 : 1 }),
    gauge("queue_messages", "Messages in the queue, by state.", ...depthSamples(depth)),
    gauge("queue_busy_seconds", "Since the queue was last seen empty; nothing in it is older.", {
      value: isBusy(depth) ? (figures.queueEmptySeconds ?? Number.POSITIVE_INFINITY) : 0,
    }),
    gauge("oldest_unstored_seconds", "Age of the oldest delivery that was accepted and has not reached its end.", {
      value: oldestUnstoredSeconds(figures, depth),
    }),
  ];
}

function depthSamples(depth: QueueDepth | undefined): Metric["samples"] {
  if (depth === undefined) return [];
  const { visible, inFlight, delayed } = depth;
  return Object.entries({ visible, in_flight: inFlight, delayed }).map(([state, value]) => ({
    labels: { state },
    value,
  }));
}

/** A queue that does not answer may hold anything. */
function isBusy(depth: QueueDepth | undefined): boolean {
  return depth === undefined || messagesIn(depth) > 0;
}

/**
 * What was handed back is known by row. What still lies in the queue is not: it came after the queue was last empty, and
 * about when that came which is being settled now, since the queue gives out the oldest first as a rule.
 */
function oldestUnstoredSeconds(figures: LedgerFigures, depth: QueueDepth | undefined): number {
  const handedBack = figures.oldestWaitingSeconds ?? 0;
  if (!isBusy(depth)) return handedBack;
  const { settledArrivalSeconds: settled, queueEmptySeconds: empty } = figures;
  const queued = Math.min(settled ?? Number.POSITIVE_INFINITY, empty ?? Number.POSITIVE_INFINITY);
  return Math.max(handedBack, queued);
}
