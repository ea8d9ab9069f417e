import { createRoute, z } from "@hono/zod-openapi";
import { reject, rejectRestoring } from "../../../../db/upserts/eosc-perf/review.ts";
import { checked } from "../http/mount.ts";
import { decisionAnswer } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract sections 9 and 14. */
export const route = createRoute({
  method: "post",
  path: "/reports/claims/{report_id}:reject",
  operationId: "RejectClaim",
  summary: "Reject a claim on review",
  description: "For admins. It is deleted; whether its result is shown again is a setting.",
  tags: ["EOSC-Perf reports"],
  security: TOKEN,
  request: { params: idParam("report_id"), query: z.strictObject({}) },
  responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Rejects a claim, which deletes it. */
export const handler = checked(route, "admin", async (c, { id }) => {
  const { db, config } = c.env;
  const isRestored = config.EOSC_PERF_RESTORE_REJECTED_CLAIMS === "on";
  const decision = isRestored ? await rejectRestoring(db, id) : await reject(db, "claim", id);
  return decisionAnswer(c, decision, { thing: "Claim", id, kind: "Resource" });
});
