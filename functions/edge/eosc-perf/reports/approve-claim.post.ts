import { z } from "@hono/zod-openapi";
import { approveClaim } from "../../../../db/upserts/eosc-perf/review.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { decisionResponse } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Approves a claim (contract section 9). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/reports/claims/{report_id}:approve",
    operationId: "ApproveClaim",
    summary: "Approve a claim on review",
    description: "For admins. The result stays hidden.",
    tags: ["EOSC-Perf reports"],
    security: TOKEN,
    request: { params: idParam("report_id"), query: z.strictObject({}) },
    responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown, ...REFUSALS.invalid },
  },
  access: admin,
  handler: async (c, { params: { report_id: id } }) =>
    decisionResponse(c, await approveClaim(c.env.db, id), { thing: "Claim", id, kind: "Resource" }),
});
