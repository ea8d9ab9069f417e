import { claimOf } from "../../../../db/queries/eosc-perf/claims.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { foundResponse } from "../http/outcomes.ts";
import { idParam, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Claim } from "../http/schemas.ts";

/** Answers with a claim (contract section 9). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/reports/claims/{report_id}",
    operationId: "GetClaim",
    summary: "Get a claim",
    description: "For admins.",
    tags: ["EOSC-Perf reports"],
    security: TOKEN,
    request: { params: idParam("report_id") },
    responses: { ...success(200, "the claim", Claim), ...REFUSALS.secured, ...REFUSALS.unknown },
  },
  access: admin,
  handler: async (c, { params: { report_id: id } }) =>
    foundResponse(c, Claim, await claimOf(c.env.db, id), "Claim", id),
});
