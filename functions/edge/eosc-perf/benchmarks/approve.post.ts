import { createRoute, z } from "@hono/zod-openapi";
import { approve } from "../../../../db/upserts/eosc-perf/review.ts";
import { checked } from "../http/mount.ts";
import { decisionAnswer } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract sections 4 and 5. */
export const route = createRoute({
  method: "post",
  path: "/benchmarks/{benchmark_id}:approve",
  operationId: "ApproveBenchmark",
  summary: "Approve a benchmark on review",
  description: "For admins.",
  tags: ["EOSC-Perf benchmarks"],
  security: TOKEN,
  request: { params: idParam("benchmark_id"), query: z.strictObject({}) },
  responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Approves a benchmark. */
export const handler = checked(route, "admin", async (c, { id }) =>
  decisionAnswer(c, await approve(c.env.db, "benchmark", id), { thing: "Benchmark", id, kind: "Benchmark" }),
);
