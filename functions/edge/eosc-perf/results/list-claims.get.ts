import { claimsBy } from "../../../../db/queries/eosc-perf/claims.ts";
import { defineRoute } from "../../http/route.ts";
import { user } from "../http/access.ts";
import { onlyOwner } from "../http/owner.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
import { idParam, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Claim } from "../http/schemas.ts";
import { ClaimQuery, readClaimSorts } from "../reports/claim-query.ts";

/** Answers with a page of the claims of a result (contract sections 8 and 9). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/results/{result_id}/claims",
    operationId: "ListResultClaims",
    summary: "List the claim a result points at",
    description: "For its uploader and admins.",
    tags: ["EOSC-Perf results"],
    security: TOKEN,
    request: { params: idParam("result_id"), query: ClaimQuery },
    responses: {
      ...success(200, "a page of claims", pageOf(Claim)),
      ...REFUSALS.owned,
      ...REFUSALS.unknown,
      ...REFUSALS.invalid,
    },
  },
  access: user,
  handler: async (c, { params: { result_id: id }, query, caller }) => {
    await onlyOwner(c, id, caller);
    const sorts = readClaimSorts(query.sort_by);
    return pageResponse(c, Claim, query, await claimsBy(c.env.db, { ...query, result: id, sorts, page: query }));
  },
});
