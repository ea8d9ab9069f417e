import { createRoute } from "@hono/zod-openapi";
import { storeTag } from "../../../../db/upserts/eosc-perf/tags.ts";
import { checked } from "../http/mount.ts";
import { madeAnswer } from "../http/outcomes.ts";
import { bodyOf, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Tag, TagText } from "../http/schemas.ts";

/** Contract section 7. */
export const route = createRoute({
  method: "post",
  path: "/tags",
  operationId: "CreateTag",
  summary: "Make a tag",
  description: "For registered users.",
  tags: ["EOSC-Perf tags"],
  security: TOKEN,
  request: { body: bodyOf(TagText) },
  responses: {
    ...success(201, "the tag", Tag),
    ...REFUSALS.malformed,
    ...REFUSALS.secured,
    ...REFUSALS.conflict,
    ...REFUSALS.invalid,
  },
});

/** Makes a tag, live at once. */
export const handler = checked(route, "user", async (c, { body }) =>
  madeAnswer(c, await storeTag(c.env.db, body), `Tag ${body.name}`),
);
