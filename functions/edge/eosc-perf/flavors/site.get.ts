import { createRoute } from "@hono/zod-openapi";
import { siteOfFlavor } from "../../../../db/queries/eosc-perf/flavors.ts";
import { checked } from "../http/mount.ts";
import { foundAnswer } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Site } from "../http/schemas.ts";

/** Contract section 6. */
export const route = createRoute({
  method: "get",
  path: "/flavors/{flavor_id}/site",
  operationId: "GetFlavorSite",
  summary: "Get the site of a flavor",
  tags: ["EOSC-Perf flavors"],
  request: { params: idParam("flavor_id") },
  responses: { ...success(200, "the site", Site), ...REFUSALS.unknown },
});

/** Answers with the site of a flavor. */
export const handler = checked(route, "anonymous", async (c, { id }) =>
  foundAnswer(c, await siteOfFlavor(c.env.db, id), "Record", id),
);
