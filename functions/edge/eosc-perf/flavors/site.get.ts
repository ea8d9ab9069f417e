import { siteOfFlavor } from "../../../../db/queries/eosc-perf/flavors.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { foundResponse } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Site } from "../http/schemas.ts";

/** Answers with the site of a flavor (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/flavors/{flavor_id}/site",
    operationId: "GetFlavorSite",
    summary: "Get the site of a flavor",
    tags: ["EOSC-Perf flavors"],
    request: { params: idParam("flavor_id") },
    responses: { ...success(200, "the site", Site), ...REFUSALS.unknown },
  },
  access: anyone,
  handler: async (c, { params: { flavor_id: id } }) =>
    foundResponse(c, Site, await siteOfFlavor(c.env.db, id), "Record", id),
});
