import { createRoute } from "@hono/zod-openapi";
import { reject } from "../../../../db/upserts/eosc-perf/review.ts";
import { checked } from "../http/mount.ts";
import { decisionAnswer } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract sections 4 and 6. */
export const route = createRoute({
  method: "post",
  path: "/sites/{site_id}:reject",
  operationId: "RejectSite",
  summary: "Reject a site on review",
  description: "For admins. It is deleted.",
  tags: ["EOSC-Perf sites"],
  security: TOKEN,
  request: { params: idParam("site_id") },
  responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Rejects a site, which deletes it. */
export const handler = checked(route, "admin", async (c, { id }) =>
  decisionAnswer(c, await reject(c.env.db, "site", id), { thing: "Record", id, kind: "Site" }),
);
