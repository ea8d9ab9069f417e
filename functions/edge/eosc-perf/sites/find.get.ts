import { siteOf } from "../../../../db/queries/eosc-perf/sites.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { foundResponse } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Site } from "../http/schemas.ts";

/** Answers with one site, also on review (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/sites/{site_id}",
    operationId: "GetSite",
    summary: "Get a site",
    tags: ["EOSC-Perf sites"],
    request: { params: idParam("site_id") },
    responses: { ...success(200, "the site", Site), ...REFUSALS.unknown },
  },
  access: anyone,
  handler: async (c, { params: { site_id: id } }) => foundResponse(c, Site, await siteOf(c.env.db, id), "Record", id),
});
