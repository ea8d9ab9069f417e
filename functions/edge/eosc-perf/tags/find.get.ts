import { createRoute } from "@hono/zod-openapi";
import { tagOf } from "../../../../db/queries/eosc-perf/tags.ts";
import { checked } from "../http/mount.ts";
import { foundAnswer } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Tag } from "../http/schemas.ts";

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/tags/{tag_id}",
  operationId: "GetTag",
  summary: "Get a tag",
  tags: ["EOSC-Perf tags"],
  request: { params: idParam("tag_id") },
  responses: { ...success(200, "the tag", Tag), ...REFUSALS.unknown },
});

/** Answers with one tag. */
export const handler = checked(route, "anonymous", async (c, { id }) =>
  foundAnswer(c, await tagOf(c.env.db, id), "Record", id),
);
