import { resultOf } from "../../../../db/queries/eosc-perf/results.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { foundResponse } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Result } from "../http/schemas.ts";

/** Answers with a result (contract section 8). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/results/{result_id}",
    operationId: "GetResult",
    summary: "Get a result, also a hidden one",
    tags: ["EOSC-Perf results"],
    request: { params: idParam("result_id") },
    responses: { ...success(200, "the result", Result), ...REFUSALS.unknown },
  },
  access: anyone,
  handler: async (c, { params: { result_id: id } }) =>
    foundResponse(c, Result, await resultOf(c.env.db, id), "Result", id),
});
