import { createMiddleware } from "hono/factory";
import type { Env } from "../../env.ts";

const METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

/** Pages of every origin may read every answer; a preflight is answered 200 at any address (contract section 1, CORS). */
export const crossOrigin = createMiddleware<Env>(async (c, next) => {
  await next();
  if (c.req.method === "OPTIONS") {
    const allow = c.res.headers.get("allow");
    c.res = new Response("", { status: 200, headers: { "content-type": "text/html; charset=utf-8" } });
    if (allow !== null) c.header("allow", `${allow}, OPTIONS`);
    c.header("access-control-allow-methods", METHODS);
    const wanted = c.req.header("access-control-request-headers");
    if (wanted !== undefined) c.header("access-control-allow-headers", wanted);
  }
  const origin = c.req.header("origin");
  c.header("access-control-allow-origin", origin ?? "*");
  if (origin !== undefined) c.header("vary", "Origin", { append: true });
});
