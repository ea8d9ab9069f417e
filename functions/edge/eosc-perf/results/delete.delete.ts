import { hideResult } from "../../../../db/upserts/eosc-perf/results.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { changedResponse } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Hides a result (contract section 8). */
export const route = defineRoute({
  contract: {
    method: "delete",
    path: "/results/{result_id}",
    operationId: "DeleteResult",
    summary: "Hide a result from lists",
    description: "For admins. By its id it is still found.",
    tags: ["EOSC-Perf results"],
    security: TOKEN,
    request: { params: idParam("result_id") },
    responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown },
  },
  access: admin,
  handler: async (c, { params: { result_id: id } }) =>
    changedResponse(c, await hideResult(c.env.db, id), { thing: "Result", id, kind: "result" }),
});
