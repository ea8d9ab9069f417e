import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import { errorMessage } from "../../../db/errors.ts";
import type { Env } from "../env.ts";
import { log } from "./log.ts";

/** Gives each request an id, and writes one line about it; one more when nobody caught its error. */
export const observe = createMiddleware<Env>(async (c, next) => {
  const started = performance.now();
  const requestId = crypto.randomUUID();
  c.set("requestId", requestId);
  c.set("logFields", {});
  await next();
  if (c.error !== undefined) log("unhandled", { requestId, error: errorMessage(c.error), stack: framesOf(c.error) });
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

/** Where an error comes from, without its message, which may hold a statement with other people's data. */
function framesOf({ stack = "" }: Error): string {
  const lines = stack.split("\n");
  return lines.filter((line) => line.startsWith("    at ")).join("\n");
}
