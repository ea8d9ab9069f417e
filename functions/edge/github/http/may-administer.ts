import { createMiddleware } from "hono/factory";
import type { Env } from "../../env.ts";
import { asBearer, bearsToken } from "../../http/bearer.ts";
import { githubError } from "./errors.ts";

/** Lets only admins through, and refuses others in GitHub's shape. */
export const mayAdminister = createMiddleware<Env>(async (c, next) => {
  if (bearsToken(asBearer(c.req.header("authorization")), c.env.config.ADMIN_TOKEN_SHA256)) return await next();
  c.header("WWW-Authenticate", 'Bearer realm="runledger"');
  return githubError(c, 401, "Bad credentials");
});
