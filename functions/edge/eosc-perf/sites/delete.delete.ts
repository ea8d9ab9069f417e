import { deleteReviewed } from "../../../../db/upserts/eosc-perf/review.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { changedResponse } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Deletes a site (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "delete",
    path: "/sites/{site_id}",
    operationId: "DeleteSite",
    summary: "Delete a site",
    description: "For admins. Its flavors and results go with it.",
    tags: ["EOSC-Perf sites"],
    security: TOKEN,
    request: { params: idParam("site_id") },
    responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown },
  },
  access: admin,
  handler: async (c, { params: { site_id: id } }) =>
    changedResponse(c, await deleteReviewed(c.env.db, "site", id), { thing: "Record", id, kind: "site" }),
});
