import { createRoute, z } from "@hono/zod-openapi";
import { FLAVOR_FIELDS, flavorsBy } from "../../../../db/queries/eosc-perf/flavors.ts";
import { checked } from "../http/mount.ts";
import { notFound } from "../http/outcomes.ts";
import { pageAnswer, pageOf } from "../http/pages.ts";
import { PageQuery, Status, sortBy, text, UploadDays } from "../http/parameters.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Flavor } from "../http/schemas.ts";
import { readFlavorSorts } from "./sorts.ts";

const Query = z.strictObject({
  status: Status,
  ...UploadDays,
  ...PageQuery,
  name: text("exact name").optional(),
  sort_by: sortBy(FLAVOR_FIELDS, "+name"),
});

/** Contract section 6. */
export const route = createRoute({
  method: "get",
  path: "/sites/{site_id}/flavors",
  operationId: "ListFlavors",
  summary: "List a site's flavors",
  tags: ["EOSC-Perf sites"],
  request: { params: idParam("site_id"), query: Query },
  responses: { ...success(200, "a page of flavors", pageOf(Flavor)), ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Answers with a page of a site's flavors. */
export const handler = checked(route, "anonymous", async (c, { id, query }) => {
  const sorts = await readFlavorSorts(c, id, query.sort_by);
  const found = await flavorsBy(c.env.db, { ...query, site: id, sorts, page: query });
  if (found === undefined) throw notFound("Record", id);
  return pageAnswer(c, query, found);
});
