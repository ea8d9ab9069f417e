import { createRoute } from "@hono/zod-openapi";
import { storeClaim } from "../../../../db/upserts/eosc-perf/claims.ts";
import { announceMails } from "../http/announce-mails.ts";
import { checked } from "../http/mount.ts";
import { notFound } from "../http/outcomes.ts";
import { jsonAnswer } from "../http/pages.ts";
import { bodyOf, idParam, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Claim, ClaimText } from "../http/schemas.ts";

/** Contract section 9. */
export const route = createRoute({
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
});

/** Makes a claim that awaits review. */
export const handler = checked(route, "user", async (c, { id, body, caller }) => {
  const json = await storeClaim(c.env.db, id, body.message, caller);
  if (json === undefined) throw notFound("Result", id);
  announceMails(c);
  return jsonAnswer(c, 201, json);
});
