import { createRoute, z } from "@hono/zod-openapi";
import { SITE_FIELDS, sitesBy } from "../../../../db/queries/eosc-perf/sites.ts";
import { checked } from "../http/mount.ts";
import { pageAnswer, pageOf } from "../http/pages.ts";
import { PageQuery, Status, sortBy, text, UploadDays } from "../http/parameters.ts";
import { REFUSALS, success } from "../http/responses.ts";
import { Site } from "../http/schemas.ts";
import { among, readSorts } from "../http/sorting.ts";

const Query = z.strictObject({
  status: Status,
  ...UploadDays,
  ...PageQuery,
  name: text("exact name").optional(),
  address: text("exact address").optional(),
  sort_by: sortBy(SITE_FIELDS, "+name"),
});

/** Contract section 6. */
export const route = createRoute({
  method: "get",
  path: "/sites",
  operationId: "ListSites",
  summary: "List sites",
  tags: ["EOSC-Perf sites"],
  request: { query: Query },
  responses: { ...success(200, "a page of sites", pageOf(Site)), ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Answers with a page of sites. */
export const handler = checked(route, "anonymous", async (c, { query }) => {
  const sorts = readSorts(query.sort_by, among(SITE_FIELDS));
  return pageAnswer(c, query, await sitesBy(c.env.db, { ...query, sorts, page: query }));
});
