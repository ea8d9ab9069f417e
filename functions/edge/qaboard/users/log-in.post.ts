import { z } from "@hono/zod-openapi";
import { findUserByName } from "../../../../db/queries/qaboard/users.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { answerError, ERRORS, errorResponse } from "../http/errors.ts";
import { formBody } from "../http/form-body.ts";
import { jsonResponse } from "../http/responses.ts";
import { beginSession, endSession } from "../http/session.ts";
import { field, formOf } from "./form.ts";
import { isPassword } from "./password.ts";

const LoggedIn = z.object({
  username: z.string(),
  is_ldap: z.boolean(),
  login_success: z.literal(true),
  id: z.int(),
  full_name: z.string().nullable(),
  user_name: z.string().nullable(),
  email: z.string().nullable(),
});

/** Begins a session; one that was there ends, whatever comes of it (contract section 10). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/user/auth/",
    operationId: "logInQaboardUser",
    summary: "Log in",
    tags: ["QA-Board users"],
    middleware: formBody,
    request: {
      body: formOf(z.object({ username: field("name of the user"), password: field("password of the user") })),
    },
    responses: {
      200: jsonResponse("logged in, with the cookie `session`", LoggedIn),
      400: ERRORS[400],
      403: errorResponse("`invalid-username` or `invalid-password`"),
      503: errorResponse("too many passwords are being checked"),
    },
  },
  access: anyone,
  handler: async (c, { form: { username, password } }) => {
    const refused = (reason: string) => {
      endSession(c);
      return answerError(c, 403, reason);
    };
    const user = await findUserByName(c.env.db, username);
    if (user === undefined) return refused("invalid-username");
    const { id, userName: user_name, fullName: full_name, email, isLdap: is_ldap, password: stored } = user;
    if (stored === null || !(await isPassword(password, stored))) return refused("invalid-password");
    await beginSession(c, id);
    return c.json({ username, is_ldap, login_success: true as const, id, full_name, user_name, email }, 200);
  },
});
