import { createMiddleware } from "hono/factory";
import type { Env } from "../../env.ts";
import type { Route } from "../../http/route.ts";

const stepsOf = (path: string) => path.split("/");
const fits = (step: string, given: string | undefined) =>
  step.startsWith("{") ? given !== undefined && given !== "" : step === given;

/** Whether a path is one of a contract's, whose parameters take a step, or several where they end in dots. */
function isPathOf(contract: readonly string[], path: readonly string[]): boolean {
  const dots = contract.findIndex((step) => step.endsWith("...}"));
  const head = dots < 0 ? contract : contract.slice(0, dots);
  const tail = dots < 0 ? [] : contract.slice(dots + 1);
  if (dots < 0 ? path.length !== contract.length : path.length < contract.length) return false;
  const end = path.length - tail.length;
  return head.every((step, at) => fits(step, path[at])) && tail.every((step, at) => fits(step, path[end + at]));
}

/**
 * Sends a caller who left out the last slash of a path that has one to the absolute address with it; the query is kept
 * (contract section 1, trailing slash).
 */
export function redirectToSlash(mount: string, routes: readonly Pick<Route, "contract">[]) {
  const served = routes.map(({ contract }) => ({
    method: contract.method.toUpperCase(),
    steps: stepsOf(contract.path),
  }));
  return createMiddleware<Env>(async (c, next) => {
    const path = c.req.path.slice(mount.length);
    const asked = c.req.method === "HEAD" ? "GET" : c.req.method;
    const isServed = (one: string) =>
      served.some(({ method, steps }) => method === asked && isPathOf(steps, stepsOf(one)));
    if (path.endsWith("/") || isServed(path) || !isServed(`${path}/`)) return await next();
    const url = new URL(c.req.url);
    url.pathname += "/";
    return c.body(null, 308, { location: url.href });
  });
}
