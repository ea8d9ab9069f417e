import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { done } from "../http/outcomes.ts";
import { DONE, REFUSALS, TOKEN } from "../http/responses.ts";

/** Answers 204 to admins (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/users/self:try_admin",
    operationId: "TryAdmin",
    summary: "Ask whether the token's bearer is an admin",
    tags: ["EOSC-Perf users"],
    security: TOKEN,
    responses: { ...DONE, ...REFUSALS.secured },
  },
  access: admin,
  handler: async (c) => done(c),
});
