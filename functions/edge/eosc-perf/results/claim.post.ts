import { storeClaim } from "../../../../db/upserts/eosc-perf/claims.ts";
import { defineRoute } from "../../http/route.ts";
import { user } from "../http/access.ts";
import { announceMails } from "../http/announce-mails.ts";
import { notFound } from "../http/outcomes.ts";
import { jsonResponse } from "../http/pages.ts";
import { bodyOf, idParam, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Claim, ClaimText } from "../http/schemas.ts";

/** Makes a claim that awaits review (contract section 9). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/results/{result_id}:claim",
    operationId: "ClaimReport",
    summary: "Complain about a result",
    description: "For registered users. The result is hidden at once; an admin decides about the claim.",
    tags: ["EOSC-Perf results"],
    security: TOKEN,
    request: { params: idParam("result_id"), body: bodyOf(ClaimText) },
    responses: {
      ...success(201, "the claim", Claim),
      ...REFUSALS.malformed,
      ...REFUSALS.secured,
      ...REFUSALS.unknown,
      ...REFUSALS.invalid,
    },
  },
  access: user,
  handler: async (c, { params: { result_id: id }, body, caller }) => {
    const json = await storeClaim(c.env.db, id, body.message, caller);
    if (json === undefined) throw notFound("Result", id);
    announceMails(c);
    return jsonResponse(c, 201, Claim, json);
  },
});
