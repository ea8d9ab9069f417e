import { createRoute } from "@hono/zod-openapi";
import { siteOf } from "../../../../db/queries/eosc-perf/sites.ts";
import { checked } from "../http/mount.ts";
import { foundAnswer } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Site } from "../http/schemas.ts";

/** Contract section 6. */
export const route = createRoute({
  method: "get",
  path: "/sites/{site_id}",
  operationId: "GetSite",
  summary: "Get a site",
  tags: ["EOSC-Perf sites"],
  request: { params: idParam("site_id") },
  responses: { ...success(200, "the site", Site), ...REFUSALS.unknown },
});

/** Answers with one site, also on review. */
export const handler = checked(route, "anonymous", async (c, { id }) =>
  foundAnswer(c, await siteOf(c.env.db, id), "Record", id),
);
