import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Config } from "../config.ts";
import type { Env } from "../env.ts";
import { bearsToken } from "./bearer.ts";
import { errorAnswer } from "./errors.ts";

/** Name of the security scheme of admin routes in the OpenAPI document. */
export const ADMIN_SCHEME = "adminToken";

/** Whether the request bears an admin token. */
export function isAdmin(c: Context<Env>): boolean {
  return bearsToken(c.req.header("authorization"), c.env.config.ADMIN_TOKEN_SHA256);
}

/** Lets only those through whose bearer token is in one of the lists the settings give. */
export function onlyWithToken(sumsOf: (config: Config) => readonly string[]) {
  return createMiddleware<Env>(async (c, next) => {
    if (bearsToken(c.req.header("authorization"), sumsOf(c.env.config))) return await next();
    c.header("www-authenticate", 'Bearer realm="runledger"');
    return errorAnswer(c, 401, "unauthorized", "This route needs a bearer token.");
  });
}

/** Lets only admins through. */
export const onlyAdmin = onlyWithToken((config) => config.ADMIN_TOKEN_SHA256);
