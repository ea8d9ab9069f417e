import { storeTag } from "../../../../db/upserts/eosc-perf/tags.ts";
import { defineRoute } from "../../http/route.ts";
import { user } from "../http/access.ts";
import { createdResponse } from "../http/outcomes.ts";
import { bodyOf, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Tag, TagText } from "../http/schemas.ts";

/** Makes a tag, live at once (contract section 7). */
export const route = defineRoute({
  contract: {
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
  },
  access: user,
  handler: async (c, { body }) => createdResponse(c, Tag, await storeTag(c.env.db, body), `Tag ${body.name}`),
});
