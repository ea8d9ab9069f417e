import { z } from "@hono/zod-openapi";
import { SITE_FIELDS, sitesBy } from "../../../../db/queries/eosc-perf/sites.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
import { PageQuery, Status, sortBy, Terms, UploadDays } from "../http/parameters.ts";
import { REFUSALS, success } from "../http/responses.ts";
import { Site } from "../http/schemas.ts";
import { among, readSorts } from "../http/sorting.ts";

const Query = z.strictObject({
  terms: Terms,
  sort_by: sortBy(SITE_FIELDS),
  status: Status,
  ...UploadDays,
  ...PageQuery,
});

/** Answers with a page of the sites that every term is found in (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/sites:search",
    operationId: "SearchSites",
    summary: "Search sites by name, address and description",
    tags: ["EOSC-Perf sites"],
    request: { query: Query },
    responses: { ...success(200, "a page of sites", pageOf(Site)), ...REFUSALS.unknown, ...REFUSALS.invalid },
  },
  access: anyone,
  handler: async (c, { query }) => {
    const sorts = readSorts(query.sort_by, among(SITE_FIELDS));
    return pageResponse(c, Site, query, await sitesBy(c.env.db, { ...query, sorts, page: query }));
  },
});
