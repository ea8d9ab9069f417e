import { storeSite } from "../../../../db/upserts/eosc-perf/sites.ts";
import { defineRoute } from "../../http/route.ts";
import { user } from "../http/access.ts";
import { announcedResponse } from "../http/outcomes.ts";
import { bodyOf, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Site, SiteText } from "../http/schemas.ts";

/** Makes a site that awaits review (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/sites",
    operationId: "CreateSite",
    summary: "Submit a site",
    description: "For registered users. It awaits review.",
    tags: ["EOSC-Perf sites"],
    security: TOKEN,
    request: { body: bodyOf(SiteText) },
    responses: {
      ...success(201, "the site", Site),
      ...REFUSALS.malformed,
      ...REFUSALS.secured,
      ...REFUSALS.conflict,
      ...REFUSALS.invalid,
    },
  },
  access: user,
  handler: async (c, { body, caller }) =>
    announcedResponse(c, Site, await storeSite(c.env.db, body, caller), `Site ${body.name}`),
});
