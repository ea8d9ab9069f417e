import { createMiddleware } from "hono/factory";
import type { Env } from "../../env.ts";
import type { Route } from "../../http/route.ts";

/** A contract's path as an expression over the part of an address below the mount. */
function pathPattern(path: string): RegExp {
  const source = path
    .replace(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replace(/\{\w+(\\\.\\\.\\\.)?\}/g, (_, dots) => (dots ? ".+" : "[^/]+"));
  return new RegExp(`^${source}$`);
}

/**
 * Sends a caller who left out the last slash of a path that has one to the absolute address with it; the query is kept
 * (contract section 1, trailing slash).
 */
export function redirectToSlash(mount: string, routes: readonly Pick<Route, "contract">[]) {
  const served = routes.map(({ contract }) => ({
    method: contract.method.toUpperCase(),
    pattern: pathPattern(contract.path),
  }));
  return createMiddleware<Env>(async (c, next) => {
    const path = c.req.path.slice(mount.length);
    const asked = c.req.method === "HEAD" ? "GET" : c.req.method;
    const isServed = (one: string) => served.some(({ method, pattern }) => method === asked && pattern.test(one));
    if (path.endsWith("/") || isServed(path) || !isServed(`${path}/`)) return await next();
    const url = new URL(c.req.url);
    url.pathname += "/";
    return c.body(null, 308, { location: url.href });
  });
}
