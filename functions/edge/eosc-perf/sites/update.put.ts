import { updateSite } from "../../../../db/upserts/eosc-perf/sites.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { changedResponse } from "../http/outcomes.ts";
import { bodyOf, CHANGE_RESPONSES, idParam, TOKEN } from "../http/responses.ts";
import { SiteText } from "../http/schemas.ts";

/** Changes a site (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "put",
    path: "/sites/{site_id}",
    operationId: "UpdateSite",
    summary: "Change a site",
    description: "For admins. The review status stays.",
    tags: ["EOSC-Perf sites"],
    security: TOKEN,
    request: { params: idParam("site_id"), body: bodyOf(SiteText) },
    responses: CHANGE_RESPONSES,
  },
  access: admin,
  handler: async (c, { params: { site_id: id }, body }) =>
    changedResponse(c, await updateSite(c.env.db, id, body), { thing: "Record", id, kind: "site" }),
});
