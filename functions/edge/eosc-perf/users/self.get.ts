import { userOf } from "../../../../db/queries/eosc-perf/users.ts";
import { defineRoute } from "../../http/route.ts";
import { token } from "../http/access.ts";
import { refusedFor } from "../http/errors.ts";
import { jsonResponse } from "../http/pages.ts";
import { REFUSALS, success, TOKEN } from "../http/responses.ts";
import { User } from "../http/schemas.ts";

/** Answers with the user who asks (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/users/self",
    operationId: "GetSelf",
    summary: "Get whoever bears the token",
    tags: ["EOSC-Perf users"],
    security: TOKEN,
    responses: { ...success(200, "the user", User), ...REFUSALS.secured, ...REFUSALS.unknown },
  },
  access: token,
  handler: async (c, { caller }) => {
    const user = await userOf(c.env.db, caller);
    if (user === undefined) throw refusedFor(404, "User not registered");
    return jsonResponse(c, 200, User, user);
  },
});
