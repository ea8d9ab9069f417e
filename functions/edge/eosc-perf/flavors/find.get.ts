import { createRoute } from "@hono/zod-openapi";
import { flavorOf } from "../../../../db/queries/eosc-perf/flavors.ts";
import { checked } from "../http/mount.ts";
import { foundAnswer } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Flavor } from "../http/schemas.ts";

/** Contract section 6. */
export const route = createRoute({
  method: "get",
  path: "/flavors/{flavor_id}",
  operationId: "GetFlavor",
  summary: "Get a flavor",
  tags: ["EOSC-Perf flavors"],
  request: { params: idParam("flavor_id") },
  responses: { ...success(200, "the flavor", Flavor), ...REFUSALS.unknown },
});

/** Answers with one flavor, also on review. */
export const handler = checked(route, "anonymous", async (c, { id }) =>
  foundAnswer(c, await flavorOf(c.env.db, id), "Record", id),
);
