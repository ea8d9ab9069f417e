import { deleteReviewed } from "../../../../db/upserts/eosc-perf/review.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { changedResponse } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Deletes a flavor (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "delete",
    path: "/flavors/{flavor_id}",
    operationId: "DeleteFlavor",
    summary: "Delete a flavor",
    description: "For admins. Its results go with it.",
    tags: ["EOSC-Perf flavors"],
    security: TOKEN,
    request: { params: idParam("flavor_id") },
    responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown },
  },
  access: admin,
  handler: async (c, { params: { flavor_id: id } }) =>
    changedResponse(c, await deleteReviewed(c.env.db, "flavor", id), { thing: "Record", id, kind: "site" }),
});
