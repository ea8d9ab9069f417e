import { createRoute } from "@hono/zod-openapi";
import { updateSite } from "../../../../db/upserts/eosc-perf/sites.ts";
import { checked } from "../http/mount.ts";
import { changedAnswer } from "../http/outcomes.ts";
import { bodyOf, DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";
import { SiteText } from "../http/schemas.ts";

/** Contract section 6. */
export const route = createRoute({
  method: "put",
  path: "/sites/{site_id}",
  operationId: "UpdateSite",
  summary: "Change a site",
  description: "For admins. The review status stays.",
  tags: ["EOSC-Perf sites"],
  security: TOKEN,
  request: { params: idParam("site_id"), body: bodyOf(SiteText) },
  responses: {
    ...DONE,
    ...REFUSALS.malformed,
    ...REFUSALS.secured,
    ...REFUSALS.unknown,
    ...REFUSALS.conflict,
    ...REFUSALS.invalid,
  },
});

/** Changes a site. */
export const handler = checked(route, "admin", async (c, { id, body }) =>
  changedAnswer(c, await updateSite(c.env.db, id, body), { thing: "Record", id, kind: "site" }),
);
