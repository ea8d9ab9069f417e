import { createMiddleware } from "hono/factory";
import type { Env } from "../env.ts";
import { asBearer, bearsToken } from "../http/bearer.ts";
import { githubError } from "./errors.ts";

/** While reading is restricted, refuses reads without a valid token (contract section 7); else ignores what was sent. */
export const mayRead = createMiddleware<Env>(async (c, next) => {
  const sums = c.env.config.GITHUB_READ_TOKEN_SHA256;
  const isRead = c.req.method === "GET" || c.req.method === "HEAD";
  if (!isRead || sums.length === 0 || bearsToken(asBearer(c.req.header("authorization")), sums)) return await next();
  c.header("WWW-Authenticate", 'Bearer realm="GitHub"');
  return githubError(c, 401, "Bad credentials");
});
