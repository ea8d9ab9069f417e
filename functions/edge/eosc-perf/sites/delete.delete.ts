import { createRoute } from "@hono/zod-openapi";
import { deleteReviewed } from "../../../../db/upserts/eosc-perf/review.ts";
import { checked } from "../http/mount.ts";
import { changedAnswer } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract section 6. */
export const route = createRoute({
  method: "delete",
  path: "/sites/{site_id}",
  operationId: "DeleteSite",
  summary: "Delete a site",
  description: "For admins. Its flavors and results go with it.",
  tags: ["EOSC-Perf sites"],
  security: TOKEN,
  request: { params: idParam("site_id") },
  responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown },
});

/** Deletes a site. */
export const handler = checked(route, "admin", async (c, { id }) =>
  changedAnswer(c, await deleteReviewed(c.env.db, "site", id), { thing: "Record", id, kind: "site" }),
);
