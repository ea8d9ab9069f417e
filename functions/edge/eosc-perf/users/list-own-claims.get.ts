import { claimsBy } from "../../../../db/queries/eosc-perf/claims.ts";
import { defineRoute } from "../../http/route.ts";
import { user } from "../http/access.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
import { REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Claim } from "../http/schemas.ts";
import { ClaimQuery, readClaimSorts } from "../reports/claim-query.ts";

/** Answers with a page of the caller's claims (contract sections 9 and 11). */
export const route = defineRoute({
  contract: {
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
  },
  access: user,
  handler: async (c, { query, caller }) => {
    const sorts = readClaimSorts(query.sort_by);
    return pageResponse(c, Claim, query, await claimsBy(c.env.db, { ...query, claimer: caller, sorts, page: query }));
  },
});
