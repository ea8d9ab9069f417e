import { createRoute } from "@hono/zod-openapi";
import { deleteReviewed } from "../../../../db/upserts/eosc-perf/review.ts";
import { checked } from "../http/mount.ts";
import { changedAnswer } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract section 6. */
export const route = createRoute({
  method: "delete",
  path: "/flavors/{flavor_id}",
  operationId: "DeleteFlavor",
  summary: "Delete a flavor",
  description: "For admins. Its results go with it.",
  tags: ["EOSC-Perf flavors"],
  security: TOKEN,
  request: { params: idParam("flavor_id") },
  responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown },
});

/** Deletes a flavor. */
export const handler = checked(route, "admin", async (c, { id }) =>
  changedAnswer(c, await deleteReviewed(c.env.db, "flavor", id), { thing: "Record", id, kind: "site" }),
);
