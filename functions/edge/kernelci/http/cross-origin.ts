import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Env } from "../../env.ts";

const PREFLIGHT = {
  "access-control-allow-headers": "accept, authorization, content-type, user-agent, x-csrftoken, x-requested-with",
  "access-control-allow-methods": "DELETE, GET, OPTIONS, PATCH, POST, PUT",
  "access-control-max-age": "86400",
};

/** The headers of every answer of this API, and who may read it from a page elsewhere (contract part 01, Headers). */
export const crossOrigin = createMiddleware<Env>(async (c, next) => {
  const allowed = allowedOrigin(c);
  const isPreflight = c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined;
  if (isPreflight) c.res = c.body(null, 200, allowed === undefined ? {} : PREFLIGHT);
  else await next();
  if (allowed !== undefined) c.res.headers.set("access-control-allow-origin", allowed);
  c.res.headers.set("vary", "Accept, Cookie, origin");
  c.res.headers.set("referrer-policy", "same-origin");
});

/** The value of `Access-Control-Allow-Origin` for a caller, if it may read. */
function allowedOrigin(c: Context<Env>): string | undefined {
  const { KERNELCI_CORS_ALLOWED_ORIGINS: list, KERNELCI_CORS_ALLOW_ALL_ORIGINS: all } = c.env.config;
  const origin = c.req.header("origin");
  if (origin === undefined) return undefined;
  if (all ?? list.length === 0) return "*";
  return list.includes(origin) ? origin : undefined;
}
