import { createRoute, z } from "@hono/zod-openapi";
import { benchmarkOf } from "../../../db/queries/eosc-perf/benchmarks.ts";
import { checked } from "./checked.ts";
import { foundAnswer } from "./outcomes.ts";
import { idParam, REFUSALS, success } from "./responses.ts";
import { Benchmark } from "./schemas.ts";

/** Contract section 5. */
export const route = createRoute({
  method: "get",
  path: "/benchmarks/{benchmark_id}",
  operationId: "GetBenchmark",
  summary: "Get a benchmark, on review or approved",
  tags: ["EOSC-Perf benchmarks"],
  request: { params: idParam("benchmark_id"), query: z.strictObject({}) },
  responses: { ...success(200, "the benchmark", Benchmark), ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Answers with a benchmark. */
export const handler = checked(route, "anonymous", async (c, { id }) =>
  foundAnswer(c, await benchmarkOf(c.env.db, id), "Benchmark", id),
);
