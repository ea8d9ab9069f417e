import { createRoute } from "@hono/zod-openapi";
import { approve } from "../../../../db/upserts/eosc-perf/review.ts";
import { checked } from "../http/mount.ts";
import { decisionAnswer } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract sections 4 and 6. */
export const route = createRoute({
  method: "post",
  path: "/sites/{site_id}:approve",
  operationId: "ApproveSite",
  summary: "Approve a site on review",
  description: "For admins.",
  tags: ["EOSC-Perf sites"],
  security: TOKEN,
  request: { params: idParam("site_id") },
  responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Approves a site. */
export const handler = checked(route, "admin", async (c, { id }) =>
  decisionAnswer(c, await approve(c.env.db, "site", id), { thing: "Record", id, kind: "Site" }),
);
