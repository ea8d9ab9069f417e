import { createRoute } from "@hono/zod-openapi";
import { claimsBy } from "../../../../db/queries/eosc-perf/claims.ts";
import { checked } from "../http/mount.ts";
import { onlyOwner } from "../http/owner.ts";
import { pageAnswer, pageOf } from "../http/pages.ts";
import { idParam, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Claim } from "../http/schemas.ts";
import { ClaimQuery, readClaimSorts } from "../reports/claim-query.ts";

/** Contract sections 8 and 9. */
export const route = createRoute({
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
});

/** Answers with a page of the claims of a result. */
export const handler = checked(route, "user", async (c, { id, query, caller }) => {
  await onlyOwner(c, id, caller);
  const sorts = readClaimSorts(query.sort_by);
  return pageAnswer(c, query, await claimsBy(c.env.db, { ...query, result: id, sorts, page: query }));
});
