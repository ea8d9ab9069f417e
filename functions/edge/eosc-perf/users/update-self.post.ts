import { updateEmail } from "../../../../db/upserts/eosc-perf/users.ts";
import { defineRoute } from "../../http/route.ts";
import { user } from "../http/access.ts";
import { announceMails } from "../http/announce-mails.ts";
import { refusedFor } from "../http/errors.ts";
import { done } from "../http/outcomes.ts";
import { DONE, REFUSALS, TOKEN } from "../http/responses.ts";
import { NO_EMAIL } from "./register.post.ts";

/** Replaces the email of whoever asks (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/users/self:update",
    operationId: "UpdateSelf",
    summary: "Take over the email of the token's user info",
    description: "For registered users whose email is verified. No body.",
    tags: ["EOSC-Perf users"],
    security: TOKEN,
    responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.invalid },
  },
  access: user,
  handler: async (c, { caller: { sub, iss, email, emailVerified } }) => {
    if (email === undefined) throw refusedFor(422, NO_EMAIL);
    if (emailVerified === undefined) throw refusedFor(422, "No email_verified status in user");
    if (!emailVerified) throw refusedFor(422, "Email unverified by OIDC provider");
    await updateEmail(c.env.db, { sub, iss, email });
    announceMails(c);
    return done(c);
  },
});
