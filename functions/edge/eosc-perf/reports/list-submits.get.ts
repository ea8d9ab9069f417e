import { createRoute, z } from "@hono/zod-openapi";
import { SUBMIT_FIELDS, submitsBy } from "../../../../db/queries/eosc-perf/submits.ts";
import { checked } from "../http/mount.ts";
import { pageAnswer, pageOf } from "../http/pages.ts";
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

/** Contract section 10. */
export const route = createRoute({
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
});

/** Answers with a page of what awaits a decision. */
export const handler = checked(route, "admin", async (c, { query }) => {
  const sorts = readSorts(query.sort_by, among(SUBMIT_FIELDS));
  return pageAnswer(c, query, await submitsBy(c.env.db, { ...query, sorts, page: query }));
});
