import { registerUser } from "../../../../db/upserts/eosc-perf/users.ts";
import { defineRoute } from "../../http/route.ts";
import { token } from "../http/access.ts";
import { refusedFor } from "../http/errors.ts";
import { announcedResponse } from "../http/outcomes.ts";
import { REFUSALS, success, TOKEN } from "../http/responses.ts";
import { User } from "../http/schemas.ts";

/** What both routes say that need an email of the identity provider. */
export const NO_EMAIL = "No scope for email in oidc token";

/** Registers whoever bears the token (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/users:register",
    operationId: "RegisterSelf",
    summary: "Register whoever bears the token",
    description: "Needs a token alone, and an email in the user info of its issuer. No body.",
    tags: ["EOSC-Perf users"],
    security: TOKEN,
    responses: { ...success(201, "the user", User), ...REFUSALS.secured, ...REFUSALS.conflict, ...REFUSALS.invalid },
  },
  access: token,
  handler: async (c, { caller: { sub, iss, email } }) => {
    if (email === undefined) throw refusedFor(422, NO_EMAIL);
    return announcedResponse(c, User, await registerUser(c.env.db, { sub, iss, email }), "User");
  },
});
