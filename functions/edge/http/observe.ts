import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import type { Env } from "../env.ts";
import { log } from "./log.ts";

/** Gives each request an id, and writes one line about it; one more when nobody caught its error. */
export const observe = createMiddleware<Env>(async (c, next) => {
  const started = performance.now();
  const requestId = crypto.randomUUID();
  c.set("requestId", requestId);
  c.set("logFields", {});
  await next();
  if (c.error !== undefined) log("unhandled", { requestId, error: String(c.error), stack: c.error.stack });
  c.header("x-request-id", requestId);
  log("request", {
    requestId,
    method: c.req.method,
    route: routePath(c, -1),
    status: c.res.status,
    ms: Math.round(performance.now() - started),
    ...c.get("logFields"),
  });
});
