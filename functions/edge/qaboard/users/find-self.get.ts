import { z } from "@hono/zod-openapi";
import { findUser } from "../../../../db/queries/qaboard/users.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { jsonResponse } from "../http/responses.ts";
import { findSessionUser } from "../http/session.ts";

const Self = z.object({
  is_authenticated: z.boolean(),
  is_anonymous: z.boolean(),
  is_active: z.boolean(),
  user_id: z.int().optional().openapi({ description: "this and the following only when logged in" }),
  user_name: z.string().nullable().optional(),
  full_name: z.string().nullable().optional(),
  email: z.string().nullable().optional(),
  is_ldap: z.boolean().optional(),
});

/** Says who is logged in (contract section 10). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/user/me/",
    operationId: "findQaboardSelf",
    summary: "Get who is logged in",
    tags: ["QA-Board users"],
    responses: { 200: jsonResponse("the user, or that there is none", Self) },
  },
  access: anyone,
  handler: async (c) => {
    const id = await findSessionUser(c);
    const user = id === undefined ? undefined : await findUser(c.env.db, id);
    if (user === undefined) return c.json({ is_authenticated: false, is_anonymous: true, is_active: false }, 200);
    const { userName: user_name, fullName: full_name, email, isLdap: is_ldap } = user;
    const states = { is_authenticated: true, is_anonymous: false, is_active: true };
    return c.json({ ...states, user_id: user.id, user_name, full_name, email, is_ldap }, 200);
  },
});
