import { storeFlavor } from "../../../../db/upserts/eosc-perf/flavors.ts";
import { defineRoute } from "../../http/route.ts";
import { user } from "../http/access.ts";
import { announcedResponse, notFound } from "../http/outcomes.ts";
import { bodyOf, idParam, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Flavor, FlavorText } from "../http/schemas.ts";

/** Makes a flavor that awaits review (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/sites/{site_id}/flavors",
    operationId: "AddFlavor",
    summary: "Submit a flavor of a site",
    description: "For registered users. It awaits review; the site may still do so, too.",
    tags: ["EOSC-Perf sites"],
    security: TOKEN,
    request: { params: idParam("site_id"), body: bodyOf(FlavorText) },
    responses: {
      ...success(201, "the flavor", Flavor),
      ...REFUSALS.malformed,
      ...REFUSALS.secured,
      ...REFUSALS.unknown,
      ...REFUSALS.conflict,
      ...REFUSALS.invalid,
    },
  },
  access: user,
  handler: async (c, { params: { site_id: id }, body, caller }) => {
    const stored = await storeFlavor(c.env.db, id, body, caller);
    if (stored.is === "unknown") throw notFound("Record", id);
    return announcedResponse(c, Flavor, stored.is === "done" ? stored.json : undefined, `Flavor ${body.name}`);
  },
});
