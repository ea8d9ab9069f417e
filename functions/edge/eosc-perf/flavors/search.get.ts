import { z } from "@hono/zod-openapi";
import { FLAVOR_FIELDS, flavorsBy } from "../../../../db/queries/eosc-perf/flavors.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { notFound } from "../http/outcomes.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
import { PageQuery, Status, sortBy, Terms, UploadDays } from "../http/parameters.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Flavor } from "../http/schemas.ts";
import { readFlavorSorts } from "./sorts.ts";

const Query = z.strictObject({
  terms: Terms,
  sort_by: sortBy(FLAVOR_FIELDS),
  status: Status,
  ...UploadDays,
  ...PageQuery,
});

/** Answers with a page of the flavors of a site that every term is found in (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/sites/{site_id}/flavors:search",
    operationId: "SearchFlavor",
    summary: "Search a site's flavors by name and description",
    tags: ["EOSC-Perf sites"],
    request: { params: idParam("site_id"), query: Query },
    responses: { ...success(200, "a page of flavors", pageOf(Flavor)), ...REFUSALS.unknown, ...REFUSALS.invalid },
  },
  access: anyone,
  handler: async (c, { params: { site_id: id }, query }) => {
    const sorts = await readFlavorSorts(c, id, query.sort_by);
    const found = await flavorsBy(c.env.db, { ...query, site: id, sorts, page: query });
    if (found === undefined) throw notFound("Record", id);
    return pageResponse(c, Flavor, query, found);
  },
});
