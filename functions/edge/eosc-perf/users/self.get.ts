import { createRoute } from "@hono/zod-openapi";
import { userOf } from "../../../../db/queries/eosc-perf/users.ts";
import { refusedFor } from "../http/errors.ts";
import { checked } from "../http/mount.ts";
import { jsonAnswer } from "../http/pages.ts";
import { REFUSALS, success, TOKEN } from "../http/responses.ts";
import { User } from "../http/schemas.ts";

/** Contract section 11. */
export const route = createRoute({
  method: "get",
  path: "/users/self",
  operationId: "GetSelf",
  summary: "Get whoever bears the token",
  tags: ["EOSC-Perf users"],
  security: TOKEN,
  responses: { ...success(200, "the user", User), ...REFUSALS.secured, ...REFUSALS.unknown },
});

/** Answers with the user who asks. */
export const handler = checked(route, "token", async (c, { caller }) => {
  const user = await userOf(c.env.db, caller);
  if (user === undefined) throw refusedFor(404, "User not registered");
  return jsonAnswer(c, 200, user);
});
