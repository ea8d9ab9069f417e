import { createRoute } from "@hono/zod-openapi";
import { updateFlavor } from "../../../../db/upserts/eosc-perf/flavors.ts";
import { checked } from "../http/mount.ts";
import { changedAnswer } from "../http/outcomes.ts";
import { bodyOf, DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";
import { FlavorText } from "../http/schemas.ts";

/** Contract section 6. */
export const route = createRoute({
  method: "put",
  path: "/flavors/{flavor_id}",
  operationId: "UpdateFlavor",
  summary: "Change a flavor",
  description: "For admins. The review status stays.",
  tags: ["EOSC-Perf flavors"],
  security: TOKEN,
  request: { params: idParam("flavor_id"), body: bodyOf(FlavorText) },
  responses: {
    ...DONE,
    ...REFUSALS.malformed,
    ...REFUSALS.secured,
    ...REFUSALS.unknown,
    ...REFUSALS.conflict,
    ...REFUSALS.invalid,
  },
});

/** Changes a flavor. */
export const handler = checked(route, "admin", async (c, { id, body }) =>
  changedAnswer(c, await updateFlavor(c.env.db, id, body), { thing: "Record", id, kind: "flavor" }),
);
