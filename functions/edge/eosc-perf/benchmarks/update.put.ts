import { updateBenchmark } from "../../../../db/upserts/eosc-perf/benchmarks.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { refusedFor } from "../http/errors.ts";
import { changedResponse } from "../http/outcomes.ts";
import { bodyOf, CHANGE_RESPONSES, idParam, TOKEN } from "../http/responses.ts";
import { BenchmarkText } from "../http/schemas.ts";
import { imageRefusal } from "./image-check.ts";

/** Changes a benchmark, once its image is found (contract section 5). */
export const route = defineRoute({
  contract: {
    method: "put",
    path: "/benchmarks/{benchmark_id}",
    operationId: "UpdateBenchmark",
    summary: "Change a benchmark",
    description: "For admins. The review status stays, and the schema is not looked at again.",
    tags: ["EOSC-Perf benchmarks"],
    security: TOKEN,
    request: { params: idParam("benchmark_id"), body: bodyOf(BenchmarkText) },
    responses: CHANGE_RESPONSES,
  },
  access: admin,
  handler: async (c, { params: { benchmark_id: id }, body, text }) => {
    const missing = await imageRefusal(body.docker_image, body.docker_tag, c.env.config);
    if (missing !== undefined) throw refusedFor(422, `Could not validate container image: ${missing}`);
    const outcome = await updateBenchmark(c.env.db, id, { ...body, text });
    return changedResponse(c, outcome, { thing: "Benchmark", id, kind: "benchmark" });
  },
});
