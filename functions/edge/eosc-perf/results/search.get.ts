import { z } from "@hono/zod-openapi";
import { resultsFound } from "../../../../db/queries/eosc-perf/results-found.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
import { PageQuery, sortBy, Terms, UploadDays } from "../http/parameters.ts";
import { REFUSALS, success } from "../http/responses.ts";
import { Result } from "../http/schemas.ts";
import { RESULT_SORTS, readResultSorts } from "./query.ts";

const Query = z.strictObject({
  terms: Terms,
  sort_by: sortBy(RESULT_SORTS),
  ...UploadDays,
  ...PageQuery,
});

/** Answers with a page of the results that every term is found in (contract section 8.2). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/results:search",
    operationId: "SearchResults",
    summary: "Search results by the names of benchmark, site, flavor and tags",
    description: "Hidden ones are left out. Of tags only whole names are found.",
    tags: ["EOSC-Perf results"],
    request: { query: Query },
    responses: { ...success(200, "a page of results", pageOf(Result)), ...REFUSALS.unknown, ...REFUSALS.invalid },
  },
  access: anyone,
  handler: async (c, { query }) => {
    const sorts = readResultSorts(query.sort_by);
    return pageResponse(c, Result, query, await resultsFound(c.env.db, { ...query, sorts, page: query }));
  },
});
