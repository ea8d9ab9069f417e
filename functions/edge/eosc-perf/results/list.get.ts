import { createRoute } from "@hono/zod-openapi";
import { resultsBy } from "../../../../db/queries/eosc-perf/results.ts";
import { checked } from "../http/mount.ts";
import { pageAnswer, pageOf } from "../http/pages.ts";
import { REFUSALS, success } from "../http/responses.ts";
import { Result } from "../http/schemas.ts";
import { readFilters } from "./filters.ts";
import { ResultQuery, readResultSorts } from "./query.ts";

/** Contract section 8. */
export const route = createRoute({
  method: "get",
  path: "/results",
  operationId: "ListResults",
  summary: "List results",
  description: "Hidden ones are left out. A result must have all the tags and pass all the filters.",
  tags: ["EOSC-Perf results"],
  request: { query: ResultQuery },
  responses: { ...success(200, "a page of results", pageOf(Result)), ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Answers with a page of results. */
export const handler = checked(route, "anonymous", async (c, { query }) => {
  const filters = readFilters(query.filters);
  const sorts = readResultSorts(query.sort_by);
  return pageAnswer(c, query, await resultsBy(c.env.db, { ...query, filters, sorts, page: query }));
});
