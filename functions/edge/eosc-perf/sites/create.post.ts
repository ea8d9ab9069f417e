import { createRoute } from "@hono/zod-openapi";
import { storeSite } from "../../../../db/upserts/eosc-perf/sites.ts";
import { checked } from "../http/mount.ts";
import { announcedAnswer } from "../http/outcomes.ts";
import { bodyOf, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Site, SiteText } from "../http/schemas.ts";

/** Contract section 6. */
export const route = createRoute({
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
});

/** Makes a site that awaits review. */
export const handler = checked(route, "user", async (c, { body, caller }) =>
  announcedAnswer(c, await storeSite(c.env.db, body, caller), `Site ${body.name}`),
);
