import { createRoute } from "@hono/zod-openapi";
import { storeFlavor } from "../../../../db/upserts/eosc-perf/flavors.ts";
import { checked } from "../http/mount.ts";
import { announcedAnswer, notFound } from "../http/outcomes.ts";
import { bodyOf, idParam, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Flavor, FlavorText } from "../http/schemas.ts";

/** Contract section 6. */
export const route = createRoute({
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
});

/** Makes a flavor that awaits review. */
export const handler = checked(route, "user", async (c, { id, body, caller }) => {
  const stored = await storeFlavor(c.env.db, id, body, caller);
  if (stored.is === "unknown") throw notFound("Record", id);
  return announcedAnswer(c, stored.is === "done" ? stored.json : undefined, `Flavor ${body.name}`);
});
