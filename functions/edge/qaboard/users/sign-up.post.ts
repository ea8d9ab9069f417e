import { z } from "@hono/zod-openapi";
import { storeUser } from "../../../../db/upserts/qaboard/users.ts";
import { defineRoute } from "../../http/route.ts";
import { accountMaker, WRITE } from "../http/access.ts";
import { BODY_ERRORS, ERRORS } from "../http/errors.ts";
import { formBody } from "../http/form-body.ts";
import { answerText, jsonResponse, textResponse } from "../http/responses.ts";
import { field, formOf } from "./form.ts";
import { hashPassword } from "./password.ts";

const Form = z.object({
  user_name: field("what the user logs in with").optional(),
  full_name: field("the user's name").optional(),
  email: field("the user's address").optional(),
  password: field("mandatory").optional(),
});

/** Makes a local account (contract section 10). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/user/signup/",
    operationId: "signUpQaboardUser",
    summary: "Make a local account",
    description: "User name, full name and email must be new.",
    tags: ["QA-Board users"],
    security: WRITE,
    middleware: formBody,
    request: { body: formOf(Form) },
    responses: {
      200: jsonResponse("made", z.object({ id: z.int() })),
      ...ERRORS,
      413: BODY_ERRORS[413],
      403: textResponse("a name or the address is taken, or there is no password"),
    },
  },
  access: accountMaker,
  handler: async (c, { form: { user_name, full_name, email, password } }) => {
    const refused = (reason: string) => answerText(c, 403, `ERROR: The email or user name already exists. (${reason})`);
    if (!password) return refused("there is no password");
    const names = { userName: user_name ?? null, fullName: full_name ?? null, email: email ?? null };
    const id = await storeUser(c.env.db, { ...names, password: await hashPassword(password) });
    return id === undefined ? refused("one of them is taken") : c.json({ id }, 200);
  },
});
