import { z } from "@hono/zod-openapi";
import { reject, rejectRestoring } from "../../../../db/upserts/eosc-perf/review.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { decisionResponse } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Rejects a claim, which deletes it (contract sections 9 and 14). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/reports/claims/{report_id}:reject",
    operationId: "RejectClaim",
    summary: "Reject a claim on review",
    description: "For admins. It is deleted; whether its result is shown again is a setting.",
    tags: ["EOSC-Perf reports"],
    security: TOKEN,
    request: { params: idParam("report_id"), query: z.strictObject({}) },
    responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown, ...REFUSALS.invalid },
  },
  access: admin,
  handler: async (c, { params: { report_id: id } }) => {
    const { db, config } = c.env;
    const isRestored = config.EOSC_PERF_RESTORE_REJECTED_CLAIMS === "on";
    const decision = isRestored ? await rejectRestoring(db, id) : await reject(db, "claim", id);
    return decisionResponse(c, decision, { thing: "Claim", id, kind: "Resource" });
  },
});
