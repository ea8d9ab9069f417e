import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { type SubmissionFigures, submissionFigures } from "../../../db/queries/kernelci/submission-figures.ts";
import type { Env } from "../env.ts";
import { type Metric, PROMETHEUS_TEXT, renderMetrics } from "../system/prometheus.ts";
import { recently } from "../system/recently.ts";

/** Contract part 02, the submit service. */
export const route = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "getKernelciMetrics",
  summary: "Metrics of the submit service in the Prometheus text format",
  description: "Counted where submissions are stored, so that every instance answers the same.",
  tags: ["KernelCI submissions"],
  responses: { 200: { description: "all metrics", content: { "text/plain": { schema: z.string() } } } },
});

let startedAt: number | undefined;

const recentMetrics = recently(15_000, async ({ db }) => renderMetrics(metricsOf(await submissionFigures(db))));

/** Answers with all metrics. */
export async function handler(c: Context<Env>): Promise<Response> {
  // A Worker has no clock before its first request.
  startedAt ??= Date.now();
  const uptime = renderMetrics([
    gauge("uptime_seconds", "Since this instance answered first.", (Date.now() - startedAt) / 1_000),
  ]);
  return c.text((await recentMetrics(c.env)) + uptime, 200, {
    "content-type": PROMETHEUS_TEXT,
    "cache-control": "no-store",
  });
}

function metricsOf({ origins, settled, sizeBytes, refused, dead, waiting }: SubmissionFigures): Metric[] {
  return [
    counter("submissions_total", "Submissions stored or refused.", settled),
    counter("submission_size_total", "Bytes of the submissions stored.", sizeBytes),
    counter("errors_total", "Submissions that were not stored.", refused + dead),
    counter("system_errors_total", "Submissions given up for reasons of ours.", dead),
    counter("user_errors_total", "Submissions refused.", refused),
    gauge("json_files", "Submissions that are tried again.", waiting),
    {
      name: "kcidb_submissions_by_origin",
      type: "counter",
      help: "Submissions stored, by the origin of their token.",
      samples: origins.map(({ origin, total }) => ({ labels: { origin }, value: total })),
    },
  ];
}

function counter(name: string, help: string, value: number): Metric {
  return { name: `kcidb_${name}`, type: "counter", help, samples: [{ value }] };
}

function gauge(name: string, help: string, value: number): Metric {
  return { ...counter(name, help, value), type: "gauge" };
}
