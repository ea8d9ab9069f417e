import { createRoute } from "@hono/zod-openapi";
import { deleteTag } from "../../../../db/upserts/eosc-perf/tags.ts";
import { checked } from "../http/mount.ts";
import { changedAnswer } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract section 7. */
export const route = createRoute({
  method: "delete",
  path: "/tags/{tag_id}",
  operationId: "DeleteTag",
  summary: "Delete a tag",
  description: "For admins. Results lose it.",
  tags: ["EOSC-Perf tags"],
  security: TOKEN,
  request: { params: idParam("tag_id") },
  responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown },
});

/** Deletes a tag. */
export const handler = checked(route, "admin", async (c, { id }) =>
  changedAnswer(c, await deleteTag(c.env.db, id), { thing: "Record", id, kind: "tag" }),
);
