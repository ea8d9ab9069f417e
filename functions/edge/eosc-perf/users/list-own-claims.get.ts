import { createRoute } from "@hono/zod-openapi";
import { claimsBy } from "../../../../db/queries/eosc-perf/claims.ts";
import { checked } from "../http/mount.ts";
import { pageAnswer, pageOf } from "../http/pages.ts";
import { REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Claim } from "../http/schemas.ts";
import { ClaimQuery, readClaimSorts } from "../reports/claim-query.ts";

/** Contract sections 9 and 11. */
export const route = createRoute({
  method: "get",
  path: "/users/self/claims",
  operationId: "ListUserClaims",
  summary: "List one's own claims",
  tags: ["EOSC-Perf users"],
  security: TOKEN,
  request: { query: ClaimQuery },
  responses: {
    ...success(200, "a page of claims", pageOf(Claim)),
    ...REFUSALS.secured,
    ...REFUSALS.unknown,
    ...REFUSALS.invalid,
  },
});

/** Answers with a page of the caller's claims. */
export const handler = checked(route, "user", async (c, { query, caller }) => {
  const sorts = readClaimSorts(query.sort_by);
  return pageAnswer(c, query, await claimsBy(c.env.db, { ...query, claimer: caller, sorts, page: query }));
});
