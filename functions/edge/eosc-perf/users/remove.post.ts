import { z } from "@hono/zod-openapi";
import { removeUsers } from "../../../../db/upserts/eosc-perf/users.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "../http/access.ts";
import { refusedFor } from "../http/errors.ts";
import { done } from "../http/outcomes.ts";
import { text } from "../http/parameters.ts";
import { DONE, REFUSALS, TOKEN } from "../http/responses.ts";

const Query = z.strictObject({
  sub: text("exact subject").optional(),
  iss: text("exact issuer").optional(),
  email: text("exact email").optional(),
});

/** Removes users; nobody found is no error (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/users:remove",
    operationId: "RemoveUsers",
    summary: "Remove the users that have all the values given",
    description: "For admins. What they uploaded goes with them, and what depends on it. Needs at least one value.",
    tags: ["EOSC-Perf users"],
    security: TOKEN,
    request: { query: Query },
    responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.invalid },
  },
  access: admin,
  handler: async (c, { query }) => {
    if (Object.values(query).every((value) => value === undefined)) throw refusedFor(422, "Cancelled, undefined users");
    await removeUsers(c.env.db, query);
    return done(c);
  },
});
