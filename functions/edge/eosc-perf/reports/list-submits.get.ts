import { z } from "@hono/zod-openapi";
import { SUBMIT_FIELDS, submitsBy } from "../../../../db/queries/eosc-perf/submits.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
import { oneOf, PageQuery, sortBy, UploadDays } from "../http/parameters.ts";
import { REFUSALS, success, TOKEN } from "../http/responses.ts";
import { ResourceType, Submit } from "../http/schemas.ts";
import { among, readSorts } from "../http/sorting.ts";

const Query = z.strictObject({
  ...UploadDays,
  ...PageQuery,
  resource_type: oneOf(ResourceType, "kind of what awaits a decision").optional(),
  sort_by: sortBy(SUBMIT_FIELDS, "+resource_type"),
});

/** Answers with a page of what awaits a decision (contract section 10). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/reports/submits",
    operationId: "ListSubmits",
    summary: "List everything that awaits a decision",
    description: "For admins. `uploader` is the uploader of the resource.",
    tags: ["EOSC-Perf reports"],
    security: TOKEN,
    request: { query: Query },
    responses: {
      ...success(200, "a page of submits", pageOf(Submit)),
      ...REFUSALS.secured,
      ...REFUSALS.unknown,
      ...REFUSALS.invalid,
    },
  },
  access: admin,
  handler: async (c, { query }) => {
    const sorts = readSorts(query.sort_by, among(SUBMIT_FIELDS));
    return pageResponse(c, Submit, query, await submitsBy(c.env.db, { ...query, sorts, page: query }));
  },
});
