import type { Context } from "hono";
import type { Config } from "../config.ts";
import type { Env } from "../env.ts";
import { bearsToken } from "./bearer.ts";
import { errorAnswer } from "./errors.ts";
import type { Access } from "./route.ts";

/** Name of the security scheme of admin routes in the OpenAPI document. */
export const ADMIN_SCHEME = "adminToken";

/** Whether the request bears an admin token. */
export function isAdmin(c: Context<Env>): boolean {
  return bearsToken(c.req.header("authorization"), c.env.config.ADMIN_TOKEN_SHA256);
}

/** Open to everyone. */
export const anyone: Access = { name: "anyone", grant: () => ({}) };

/** Open to those whose bearer token is in the list that the settings give. */
export function withToken(name: string, listDigests: (config: Config) => readonly string[]): Access {
  return {
    name,
    grant: (c) => {
      if (bearsToken(c.req.header("authorization"), listDigests(c.env.config))) return {};
      c.header("www-authenticate", 'Bearer realm="runledger"');
      return errorAnswer(c, 401, "unauthorized", "This route needs a bearer token.");
    },
  };
}

/** Open to admins. */
export const admin = withToken("admin", (config) => config.ADMIN_TOKEN_SHA256);
