import { deleteTag } from "../../../../db/upserts/eosc-perf/tags.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { changedResponse } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Deletes a tag (contract section 7). */
export const route = defineRoute({
  contract: {
    method: "delete",
    path: "/tags/{tag_id}",
    operationId: "DeleteTag",
    summary: "Delete a tag",
    description: "For admins. Results lose it.",
    tags: ["EOSC-Perf tags"],
    security: TOKEN,
    request: { params: idParam("tag_id") },
    responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown },
  },
  access: admin,
  handler: async (c, { params: { tag_id: id } }) =>
    changedResponse(c, await deleteTag(c.env.db, id), { thing: "Record", id, kind: "tag" }),
});
