import { createRoute, z } from "@hono/zod-openapi";
import { benchmarkOf } from "../../../../db/queries/eosc-perf/benchmarks.ts";
import { checked } from "../http/mount.ts";
import { foundAnswer } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Benchmark } from "../http/schemas.ts";

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
