import { z } from "@hono/zod-openapi";
import { benchmarkOf } from "../../../../db/queries/eosc-perf/benchmarks.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { foundResponse } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Benchmark } from "../http/schemas.ts";

/** Answers with a benchmark (contract section 5). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/benchmarks/{benchmark_id}",
    operationId: "GetBenchmark",
    summary: "Get a benchmark, on review or approved",
    tags: ["EOSC-Perf benchmarks"],
    request: { params: idParam("benchmark_id"), query: z.strictObject({}) },
    responses: { ...success(200, "the benchmark", Benchmark), ...REFUSALS.unknown, ...REFUSALS.invalid },
  },
  access: anyone,
  handler: async (c, { params: { benchmark_id: id } }) =>
    foundResponse(c, Benchmark, await benchmarkOf(c.env.db, id), "Benchmark", id),
});
