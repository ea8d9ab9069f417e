import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import type { Env } from "../env.ts";
import type { Access, Route } from "./route.ts";

/** Mounts our own routes, in the order of the list: access first, then the contract's middleware, parameters and body. */
export function mountRoutes(app: OpenAPIHono<Env>, routes: readonly Route[]): void {
  for (const { contract, access, handler } of routes) {
    const own = contract.middleware ?? [];
    const middleware = [granting(access), ...(Array.isArray(own) ? own : [own])];
    app.openapi(createRoute({ ...contract, middleware }), async (c) => {
      const valid = (part: string) => c.req.valid(part as never);
      const text = contract.request?.body === undefined ? "" : await c.req.text();
      const parsed = { params: valid("param"), query: valid("query"), body: valid("json"), text };
      return await handler(c, { ...parsed, ...c.get("granted") } as never);
    });
  }
}

/** Lets those through whom the access grants something, and keeps what it is for the handler. */
function granting(access: Access) {
  return createMiddleware<Env>(async (c, next) => {
    const granted = await access.grant(c);
    if (granted instanceof Response) return granted;
    c.set("granted", granted);
    return await next();
  });
}
