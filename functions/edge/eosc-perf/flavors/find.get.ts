import { flavorOf } from "../../../../db/queries/eosc-perf/flavors.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { foundResponse } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Flavor } from "../http/schemas.ts";

/** Answers with one flavor, also on review (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/flavors/{flavor_id}",
    operationId: "GetFlavor",
    summary: "Get a flavor",
    tags: ["EOSC-Perf flavors"],
    request: { params: idParam("flavor_id") },
    responses: { ...success(200, "the flavor", Flavor), ...REFUSALS.unknown },
  },
  access: anyone,
  handler: async (c, { params: { flavor_id: id } }) =>
    foundResponse(c, Flavor, await flavorOf(c.env.db, id), "Record", id),
});
