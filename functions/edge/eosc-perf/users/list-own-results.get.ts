import { ownResults } from "../../../../db/queries/eosc-perf/results.ts";
import { defineRoute } from "../../http/route.ts";
import { user } from "../http/access.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
import { REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Result } from "../http/schemas.ts";
import { readFilters } from "../results/filters.ts";
import { ResultQuery, readResultSorts } from "../results/query.ts";

/** Answers with a page of the caller's results (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/users/self/results",
    operationId: "ListUserResults",
    summary: "List one's own results, also hidden ones",
    description: "Only the days of upload choose among them; the other parameters are checked and count for nothing.",
    tags: ["EOSC-Perf users"],
    security: TOKEN,
    request: { query: ResultQuery },
    responses: {
      ...success(200, "a page of results", pageOf(Result)),
      ...REFUSALS.secured,
      ...REFUSALS.unknown,
      ...REFUSALS.invalid,
    },
  },
  access: user,
  handler: async (c, { query, caller }) => {
    const { upload_before, upload_after, sort_by } = query;
    readFilters(query.filters);
    const question = { upload_before, upload_after, sorts: readResultSorts(sort_by), page: query };
    return pageResponse(c, Result, query, await ownResults(c.env.db, caller, question));
  },
});
