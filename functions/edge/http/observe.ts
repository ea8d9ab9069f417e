import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import type { Env } from "../env.ts";
import { errorAnswer } from "./errors.ts";
import { log } from "./log.ts";

/** Gives each request an id, turns what nobody caught into a 500 without internals, and writes one line about it. */
export const observe = createMiddleware<Env>(async (c, next) => {
  const started = performance.now();
  const requestId = crypto.randomUUID();
  c.set("requestId", requestId);
  c.set("logFields", {});
  await next();
  if (c.error !== undefined) {
    log("unhandled", { requestId, error: String(c.error), stack: c.error.stack });
    c.res = errorAnswer(c, 500, "internal", "Something went wrong on our side.");
  }
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
