import { updateTag } from "../../../../db/upserts/eosc-perf/tags.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { changedResponse } from "../http/outcomes.ts";
import { bodyOf, CHANGE_RESPONSES, idParam, TOKEN } from "../http/responses.ts";
import { TagText } from "../http/schemas.ts";

/** Changes a tag (contract section 7). */
export const route = defineRoute({
  contract: {
    method: "put",
    path: "/tags/{tag_id}",
    operationId: "UpdateTag",
    summary: "Change a tag",
    description: "For admins.",
    tags: ["EOSC-Perf tags"],
    security: TOKEN,
    request: { params: idParam("tag_id"), body: bodyOf(TagText) },
    responses: CHANGE_RESPONSES,
  },
  access: admin,
  handler: async (c, { params: { tag_id: id }, body }) =>
    changedResponse(c, await updateTag(c.env.db, id, body), { thing: "Record", id, kind: "tag" }),
});
