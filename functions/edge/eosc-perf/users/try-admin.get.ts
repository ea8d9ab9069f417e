import { createRoute } from "@hono/zod-openapi";
import { checked } from "../http/mount.ts";
import { DONE, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract section 11. */
export const route = createRoute({
  method: "get",
  path: "/users/self:try_admin",
  operationId: "TryAdmin",
  summary: "Ask whether the token's bearer is an admin",
  tags: ["EOSC-Perf users"],
  security: TOKEN,
  responses: { ...DONE, ...REFUSALS.secured },
});

/** Answers 204 to admins. */
export const handler = checked(route, "admin", async (c) => c.body(null, 204));
