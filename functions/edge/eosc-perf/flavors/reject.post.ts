import { createRoute } from "@hono/zod-openapi";
import { reject } from "../../../../db/upserts/eosc-perf/review.ts";
import { checked } from "../http/mount.ts";
import { decisionAnswer } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract sections 4 and 6. */
export const route = createRoute({
  method: "post",
  path: "/flavors/{flavor_id}:reject",
  operationId: "RejectFlavor",
  summary: "Reject a flavor on review",
  description: "For admins. It is deleted.",
  tags: ["EOSC-Perf flavors"],
  security: TOKEN,
  request: { params: idParam("flavor_id") },
  responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Rejects a flavor, which deletes it. */
export const handler = checked(route, "admin", async (c, { id }) =>
  decisionAnswer(c, await reject(c.env.db, "flavor", id), { thing: "Record", id, kind: "Flavor" }),
);
