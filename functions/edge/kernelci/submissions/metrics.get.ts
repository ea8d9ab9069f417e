import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { objectFigures } from "../../../../db/queries/kernelci/object-figures.ts";
import { submissionFigures } from "../../../../db/queries/kernelci/submission-figures.ts";
import type { Env } from "../../env.ts";
import { PROMETHEUS_TEXT, renderMetrics } from "../../system/prometheus.ts";
import { recently } from "../../system/recently.ts";
import { ingestMetrics } from "./ingest-metrics.ts";
import { gauge, submitMetrics } from "./submit-metrics.ts";

/** Contract part 02, the submit service. The ingester's and aggregator's metrics: contract part 09. */
export const route = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "getKernelciMetrics",
  summary: "Metrics of submissions and what they held in the Prometheus text format",
  description: "Counted where submissions are stored, so that every instance answers the same.",
  tags: ["KernelCI submissions"],
  responses: { 200: { description: "all metrics", content: { "text/plain": { schema: z.string() } } } },
});

let startedAt: number | undefined;

const recentMetrics = recently(15_000, async ({ db, queue }) => {
  const [submissions, objects, depth] = await Promise.all([
    submissionFigures(db),
    objectFigures(db),
    queue.depth().catch(() => undefined),
  ]);
  return renderMetrics([...submitMetrics(submissions), ...ingestMetrics(submissions, objects, depth)]);
});

/** Answers with all metrics. */
export async function handler(c: Context<Env>): Promise<Response> {
  // A Worker has no clock before its first request.
  startedAt ??= Date.now();
  const uptime = renderMetrics([
    gauge("kcidb_uptime_seconds", "Since this instance answered first.", (Date.now() - startedAt) / 1_000),
  ]);
  return c.text((await recentMetrics(c.env)) + uptime, 200, {
    "content-type": PROMETHEUS_TEXT,
    "cache-control": "no-store",
  });
}
