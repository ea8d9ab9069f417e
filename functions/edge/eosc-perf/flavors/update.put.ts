import { updateFlavor } from "../../../../db/upserts/eosc-perf/flavors.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { changedResponse } from "../http/outcomes.ts";
import { bodyOf, CHANGE_RESPONSES, idParam, TOKEN } from "../http/responses.ts";
import { FlavorText } from "../http/schemas.ts";

/** Changes a flavor (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "put",
    path: "/flavors/{flavor_id}",
    operationId: "UpdateFlavor",
    summary: "Change a flavor",
    description: "For admins. The review status stays.",
    tags: ["EOSC-Perf flavors"],
    security: TOKEN,
    request: { params: idParam("flavor_id"), body: bodyOf(FlavorText) },
    responses: CHANGE_RESPONSES,
  },
  access: admin,
  handler: async (c, { params: { flavor_id: id }, body }) =>
    changedResponse(c, await updateFlavor(c.env.db, id, body), { thing: "Record", id, kind: "flavor" }),
});
