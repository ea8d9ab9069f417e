import { z } from "@hono/zod-openapi";
import { TAG_FIELDS, tagsBy } from "../../../../db/queries/eosc-perf/tags.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
import { PageQuery, sortBy, Terms } from "../http/parameters.ts";
import { REFUSALS, success } from "../http/responses.ts";
import { Tag } from "../http/schemas.ts";
import { among, readSorts } from "../http/sorting.ts";

const Query = z.strictObject({ terms: Terms, sort_by: sortBy(TAG_FIELDS), ...PageQuery });

/** Answers with a page of the tags that every term is found in (contract section 7). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/tags:search",
    operationId: "SearchTag",
    summary: "Search tags by name and description",
    tags: ["EOSC-Perf tags"],
    request: { query: Query },
    responses: { ...success(200, "a page of tags", pageOf(Tag)), ...REFUSALS.unknown, ...REFUSALS.invalid },
  },
  access: anyone,
  handler: async (c, { query }) => {
    const sorts = readSorts(query.sort_by, among(TAG_FIELDS));
    return pageResponse(c, Tag, query, await tagsBy(c.env.db, { terms: query.terms, sorts, page: query }));
  },
});
