import { createRoute } from "@hono/zod-openapi";
import { updateTag } from "../../../../db/upserts/eosc-perf/tags.ts";
import { checked } from "../http/mount.ts";
import { changedAnswer } from "../http/outcomes.ts";
import { bodyOf, DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";
import { TagText } from "../http/schemas.ts";

/** Contract section 7. */
export const route = createRoute({
  method: "put",
  path: "/tags/{tag_id}",
  operationId: "UpdateTag",
  summary: "Change a tag",
  description: "For admins.",
  tags: ["EOSC-Perf tags"],
  security: TOKEN,
  request: { params: idParam("tag_id"), body: bodyOf(TagText) },
  responses: {
    ...DONE,
    ...REFUSALS.malformed,
    ...REFUSALS.secured,
    ...REFUSALS.unknown,
    ...REFUSALS.conflict,
    ...REFUSALS.invalid,
  },
});

/** Changes a tag. */
export const handler = checked(route, "admin", async (c, { id, body }) =>
  changedAnswer(c, await updateTag(c.env.db, id, body), { thing: "Record", id, kind: "tag" }),
);
