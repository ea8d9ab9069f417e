import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import type { Env } from "../env.ts";
import type { Access, Route } from "./route.ts";

/**
 * Mounts routes, in the order of the list: access first, then the contract's middleware, parameters and body. A parameter
 * that ends in dots (`/commits/{branch...}`) takes slashes.
 */
export function mountRoutes(app: OpenAPIHono<Env>, routes: readonly Route[]): void {
  for (const { contract, access, handler } of routes) {
    const own = contract.middleware ?? [];
    const middleware = [granting(access), ...(Array.isArray(own) ? own : [own])];
    const path = contract.path.replace(/\{(\w+)\.\.\.\}/g, ":$1{.+}");
    const isAsDocumented = path === contract.path;
    if (!isAsDocumented) app.openAPIRegistry.registerPath({ ...contract, path: documentedPath(contract.path) });
    app.openapi(createRoute({ ...contract, path, middleware, hide: !isAsDocumented }), async (c) => {
      const valid = (part: string) => c.req.valid(part as never);
      const text = c.get("bodyText") ?? "";
      const parsed = { params: valid("param"), query: valid("query"), body: valid("json"), form: valid("form"), text };
      return await handler(c, { ...parsed, ...c.get("granted") } as never);
    });
  }
}

/** A contract's path as documents write it. */
export const documentedPath = (path: string) => path.replaceAll("...}", "}");

/** Lets those through whom the access grants something, and keeps what it is for the handler. */
function granting(access: Access) {
  return createMiddleware<Env>(async (c, next) => {
    const granted = await access.grant(c);
    if (granted instanceof Response) return granted;
    c.set("granted", granted);
    return await next();
  });
}
