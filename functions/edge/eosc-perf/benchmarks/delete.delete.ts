import { createRoute, z } from "@hono/zod-openapi";
import { deleteReviewed } from "../../../../db/upserts/eosc-perf/review.ts";
import { checked } from "../http/mount.ts";
import { changedAnswer } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract section 5. */
export const route = createRoute({
  method: "delete",
  path: "/benchmarks/{benchmark_id}",
  operationId: "DeleteBenchmark",
  summary: "Delete a benchmark",
  description: "For admins. Its results go with it.",
  tags: ["EOSC-Perf benchmarks"],
  security: TOKEN,
  request: { params: idParam("benchmark_id"), query: z.strictObject({}) },
  responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Deletes a benchmark. */
export const handler = checked(route, "admin", async (c, { id }) =>
  changedAnswer(c, await deleteReviewed(c.env.db, "benchmark", id), { thing: "Benchmark", id, kind: "benchmark" }),
);
