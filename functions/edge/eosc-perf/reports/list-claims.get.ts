import { claimsBy } from "../../../../db/queries/eosc-perf/claims.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
import { REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Claim } from "../http/schemas.ts";
import { ClaimQuery, readClaimSorts } from "./claim-query.ts";

/** Answers with a page of claims (contract section 9). */
export const route = defineRoute({
  contract: {
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
  },
  access: admin,
  handler: async (c, { query }) => {
    const sorts = readClaimSorts(query.sort_by);
    return pageResponse(c, Claim, query, await claimsBy(c.env.db, { ...query, sorts, page: query }));
  },
});
