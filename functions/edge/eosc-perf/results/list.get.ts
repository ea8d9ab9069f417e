import { resultsBy } from "../../../../db/queries/eosc-perf/results.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
import { REFUSALS, success } from "../http/responses.ts";
import { Result } from "../http/schemas.ts";
import { readFilters } from "./filters.ts";
import { ResultQuery, readResultSorts } from "./query.ts";

/** Answers with a page of results (contract section 8). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/results",
    operationId: "ListResults",
    summary: "List results",
    description: "Hidden ones are left out. A result must have all the tags and pass all the filters.",
    tags: ["EOSC-Perf results"],
    request: { query: ResultQuery },
    responses: { ...success(200, "a page of results", pageOf(Result)), ...REFUSALS.unknown, ...REFUSALS.invalid },
  },
  access: anyone,
  handler: async (c, { query }) => {
    const filters = readFilters(query.filters);
    const sorts = readResultSorts(query.sort_by);
    return pageResponse(c, Result, query, await resultsBy(c.env.db, { ...query, filters, sorts, page: query }));
  },
});
