import { z } from "@hono/zod-openapi";
import { deleteReviewed } from "../../../../db/upserts/eosc-perf/review.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { changedResponse } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Deletes a benchmark (contract section 5). */
export const route = defineRoute({
  contract: {
    method: "delete",
    path: "/benchmarks/{benchmark_id}",
    operationId: "DeleteBenchmark",
    summary: "Delete a benchmark",
    description: "For admins. Its results go with it.",
    tags: ["EOSC-Perf benchmarks"],
    security: TOKEN,
    request: { params: idParam("benchmark_id"), query: z.strictObject({}) },
    responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown, ...REFUSALS.invalid },
  },
  access: admin,
  handler: async (c, { params: { benchmark_id: id } }) =>
    changedResponse(c, await deleteReviewed(c.env.db, "benchmark", id), { thing: "Benchmark", id, kind: "benchmark" }),
});
