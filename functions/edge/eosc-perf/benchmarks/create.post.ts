import { storeBenchmark } from "../../../../db/upserts/eosc-perf/benchmarks.ts";
import { schemaRefusal } from "../../../json-schema/check.ts";
import { defineRoute } from "../../http/route.ts";
import { user } from "../http/access.ts";
import { refusal, refusedFor } from "../http/errors.ts";
import { announcedResponse } from "../http/outcomes.ts";
import { bodyOf, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Benchmark, BenchmarkText } from "../http/schemas.ts";
import { imageRefusal } from "./image-check.ts";

/** Makes a benchmark that awaits review (contract section 5). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/benchmarks",
    operationId: "CreateBenchmark",
    summary: "Submit a benchmark",
    description: "For registered users. Its image must be found, its schema be one of draft 7. It awaits review.",
    tags: ["EOSC-Perf benchmarks"],
    security: TOKEN,
    request: { body: bodyOf(BenchmarkText) },
    responses: {
      ...success(201, "the benchmark", Benchmark),
      ...REFUSALS.malformed,
      ...REFUSALS.secured,
      ...REFUSALS.conflict,
      ...REFUSALS.invalid,
    },
  },
  access: user,
  handler: async (c, { body, text, caller }) => {
    const { docker_image, docker_tag } = body;
    const missing = await imageRefusal(docker_image, docker_tag, c.env.config);
    if (missing !== undefined) throw refusedFor(422, `Could not validate container image: ${missing}`);
    const wrong = schemaRefusal({ text, member: "json_schema" }, c.env.config);
    if (wrong !== undefined) throw refusal(422, { errors: wrong });
    const json = await storeBenchmark(c.env.db, { ...body, text }, caller);
    return announcedResponse(c, Benchmark, json, `Benchmark ${docker_image}:${docker_tag}`);
  },
});
