import { createRoute } from "@hono/zod-openapi";
import { claimsBy } from "../../../../db/queries/eosc-perf/claims.ts";
import { checked } from "../http/mount.ts";
import { pageAnswer, pageOf } from "../http/pages.ts";
import { REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Claim } from "../http/schemas.ts";
import { ClaimQuery, readClaimSorts } from "./claim-query.ts";

/** Contract section 9. */
export const route = createRoute({
  method: "get",
  path: "/reports/claims",
  operationId: "ListClaims",
  summary: "List claims",
  description: "For admins.",
  tags: ["EOSC-Perf reports"],
  security: TOKEN,
  request: { query: ClaimQuery },
  responses: {
    ...success(200, "a page of claims", pageOf(Claim)),
    ...REFUSALS.secured,
    ...REFUSALS.unknown,
    ...REFUSALS.invalid,
  },
});

/** Answers with a page of claims. */
export const handler = checked(route, "admin", async (c, { query }) => {
  const sorts = readClaimSorts(query.sort_by);
  return pageAnswer(c, query, await claimsBy(c.env.db, { ...query, sorts, page: query }));
});
