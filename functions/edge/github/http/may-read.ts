import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Env } from "../../env.ts";
import { asBearer, bearsToken } from "../../http/bearer.ts";
import { githubError } from "./errors.ts";

/** Whether the caller may read /github: everyone while no token is set. */
export function isGithubReader(c: Context<Env>): boolean {
  const sums = c.env.config.GITHUB_READ_TOKEN_SHA256;
  return sums.length === 0 || bearsToken(asBearer(c.req.header("authorization")), sums);
}

/** While reading is restricted, refuses reads without a valid token (contract section 7); else ignores what was sent. */
export const mayRead = createMiddleware<Env>(async (c, next) => {
  const isRead = c.req.method === "GET" || c.req.method === "HEAD";
  if (!isRead || isGithubReader(c)) return await next();
  c.header("WWW-Authenticate", 'Bearer realm="GitHub"');
  return githubError(c, 401, "Bad credentials");
});
