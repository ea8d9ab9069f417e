import { z } from "@hono/zod-openapi";
import { ledgerFigures } from "../../../db/queries/ledger/ledger-figures.ts";
import { watchQueue } from "../../cron/queue-watch.ts";
import type { Services } from "../env.ts";
import { ADMIN_SCHEME, withToken } from "../http/admin.ts";
import { errorResponse } from "../http/errors.ts";
import { log } from "../http/log.ts";
import { defineRoute } from "../http/route.ts";
import { ledgerMetrics } from "./ledger-metrics.ts";
import { PROMETHEUS_TEXT, renderMetrics } from "./prometheus.ts";
import { recently } from "./recently.ts";

/** Name of the security scheme of /metrics in the OpenAPI document. */
export const METRICS_SCHEME = "metricsToken";

async function measure({ db, queue, config }: Services): Promise<string> {
  const depth = await watchQueue(db, queue).catch((error: unknown) => {
    log("queue not measured", { reason: String(error) });
    return undefined;
  });
  return renderMetrics(ledgerMetrics(await ledgerFigures(db), depth, config.RELEASE));
}

const recentMetrics = recently(15_000, measure);

const metricsReader = withToken("metrics", (config) => [...config.METRICS_TOKEN_SHA256, ...config.ADMIN_TOKEN_SHA256]);

/** What a scraper reads. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/metrics",
    operationId: "getMetrics",
    summary: "Metrics for Prometheus",
    description: "Text format 0.0.4. The figures are up to 15 s old.",
    tags: ["System"],
    security: [{ [METRICS_SCHEME]: [] }, { [ADMIN_SCHEME]: [] }],
    responses: {
      200: { description: "all metrics", content: { "text/plain": { schema: z.string() } } },
      401: errorResponse("neither a metrics token nor an admin token"),
      503: errorResponse("the database does not answer"),
    },
  },
  access: metricsReader,
  handler: async (c) => {
    const text = await recentMetrics(c.env);
    return c.text(text, 200, { "content-type": PROMETHEUS_TEXT, "cache-control": "no-store" });
  },
});
