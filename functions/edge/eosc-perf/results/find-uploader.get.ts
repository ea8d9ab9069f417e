import { uploaderOf } from "../../../../db/queries/eosc-perf/results.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { foundResponse } from "../http/outcomes.ts";
import { idParam, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { User } from "../http/schemas.ts";

/** Answers with the uploader of a result (contract section 8). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/results/{result_id}/uploader",
    operationId: "ResultUploader",
    summary: "Get who uploaded a result",
    description: "For admins.",
    tags: ["EOSC-Perf results"],
    security: TOKEN,
    request: { params: idParam("result_id") },
    responses: { ...success(200, "the user", User), ...REFUSALS.secured, ...REFUSALS.unknown },
  },
  access: admin,
  handler: async (c, { params: { result_id: id } }) =>
    foundResponse(c, User, await uploaderOf(c.env.db, id), "Result", id),
});
