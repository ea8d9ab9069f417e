import { createRoute } from "@hono/zod-openapi";
import { ownResults } from "../../../../db/queries/eosc-perf/results.ts";
import { checked } from "../http/mount.ts";
import { pageAnswer, pageOf } from "../http/pages.ts";
import { REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Result } from "../http/schemas.ts";
import { ResultQuery, readResultSorts } from "../results/query.ts";

/** Contract section 11. */
export const route = createRoute({
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
});

/** Answers with a page of the caller's results. */
export const handler = checked(route, "user", async (c, { query, caller }) => {
  const { upload_before, upload_after, sort_by } = query;
  const question = { upload_before, upload_after, sorts: readResultSorts(sort_by), page: query };
  return pageAnswer(c, query, await ownResults(c.env.db, caller, question));
});
