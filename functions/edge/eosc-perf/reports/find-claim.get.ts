import { createRoute } from "@hono/zod-openapi";
import { claimOf } from "../../../../db/queries/eosc-perf/claims.ts";
import { checked } from "../http/mount.ts";
import { foundAnswer } from "../http/outcomes.ts";
import { idParam, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Claim } from "../http/schemas.ts";

/** Contract section 9. */
export const route = createRoute({
  method: "get",
  path: "/reports/claims/{report_id}",
  operationId: "GetClaim",
  summary: "Get a claim",
  description: "For admins.",
  tags: ["EOSC-Perf reports"],
  security: TOKEN,
  request: { params: idParam("report_id") },
  responses: { ...success(200, "the claim", Claim), ...REFUSALS.secured, ...REFUSALS.unknown },
});

/** Answers with a claim. */
export const handler = checked(route, "admin", async (c, { id }) =>
  foundAnswer(c, await claimOf(c.env.db, id), "Claim", id),
);
