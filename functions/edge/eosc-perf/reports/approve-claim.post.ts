import { createRoute, z } from "@hono/zod-openapi";
import { approveClaim } from "../../../../db/upserts/eosc-perf/review.ts";
import { checked } from "../http/mount.ts";
import { decisionAnswer } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract section 9. */
export const route = createRoute({
  method: "post",
  path: "/reports/claims/{report_id}:approve",
  operationId: "ApproveClaim",
  summary: "Approve a claim on review",
  description: "For admins. The result stays hidden.",
  tags: ["EOSC-Perf reports"],
  security: TOKEN,
  request: { params: idParam("report_id"), query: z.strictObject({}) },
  responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Approves a claim. */
export const handler = checked(route, "admin", async (c, { id }) =>
  decisionAnswer(c, await approveClaim(c.env.db, id), { thing: "Claim", id, kind: "Resource" }),
);
