import { createMiddleware } from "hono/factory";
import type { Env } from "../../env.ts";

const METHODS = "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD";
const HEADERS = "Authorization, Origin, X-Requested-With, Content-Type, Accept, Idempotency-Key";

/**
 * What the original's proxy adds (contract section 1): every origin may read every answer, and `OPTIONS` is answered
 * with 200 at any address; `Allow` lists the methods where something is served. Batches, which the original has not, need a
 * header to be allowed and one to be exposed.
 */
export const crossOrigin = createMiddleware<Env>(async (c, next) => {
  await next();
  if (c.req.method === "OPTIONS") {
    const allow = c.res.headers.get("allow");
    c.res = new Response(null, { status: 200 });
    if (allow !== null) c.header("allow", `${allow}, OPTIONS`);
    c.header("access-control-allow-methods", METHODS);
    c.header("access-control-allow-headers", HEADERS);
    c.header("access-control-max-age", "86400");
  }
  c.header("access-control-allow-origin", "*");
  // Of a batch of results only this header tells where its receipt is.
  c.header("access-control-expose-headers", "Location");
});
