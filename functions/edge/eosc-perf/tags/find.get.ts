import { tagOf } from "../../../../db/queries/eosc-perf/tags.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { foundResponse } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Tag } from "../http/schemas.ts";

/** Answers with one tag (contract section 7). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/tags/{tag_id}",
    operationId: "GetTag",
    summary: "Get a tag",
    tags: ["EOSC-Perf tags"],
    request: { params: idParam("tag_id") },
    responses: { ...success(200, "the tag", Tag), ...REFUSALS.unknown },
  },
  access: anyone,
  handler: async (c, { params: { tag_id: id } }) => foundResponse(c, Tag, await tagOf(c.env.db, id), "Record", id),
});
