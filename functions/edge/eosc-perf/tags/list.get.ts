import { createRoute, z } from "@hono/zod-openapi";
import { TAG_FIELDS, tagsBy } from "../../../../db/queries/eosc-perf/tags.ts";
import { checked } from "../http/mount.ts";
import { pageAnswer, pageOf } from "../http/pages.ts";
import { PageQuery, sortBy, text } from "../http/parameters.ts";
import { REFUSALS, success } from "../http/responses.ts";
import { Tag } from "../http/schemas.ts";
import { among, readSorts } from "../http/sorting.ts";

const Query = z.strictObject({
  ...PageQuery,
  name: text("exact name").optional(),
  sort_by: sortBy(TAG_FIELDS, "+name"),
});

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/tags",
  operationId: "ListTags",
  summary: "List tags",
  tags: ["EOSC-Perf tags"],
  request: { query: Query },
  responses: { ...success(200, "a page of tags", pageOf(Tag)), ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Answers with a page of tags. */
export const handler = checked(route, "anonymous", async (c, { query }) => {
  const sorts = readSorts(query.sort_by, among(TAG_FIELDS));
  return pageAnswer(c, query, await tagsBy(c.env.db, { name: query.name, sorts, page: query }));
});
