import type { Context } from "hono";
import { isRegistered } from "../../../../db/queries/eosc-perf/users.ts";
import type { Env } from "../../env.ts";
import { forbidden } from "./errors.ts";
import { bearerOf } from "./identity/bearer.ts";
import type { Identity } from "./identity/identities.ts";
import { trustedIdentities } from "./identity/trusted-identities.ts";

/** Who may use a route that is not open to everybody (contract section 2); owners are told apart by the handlers. */
export type Level = "token" | "user" | "admin";

/** Whoever bears the token; `isAdmin` only of registered users. */
export type Caller = Identity & { isAdmin: boolean };

/** Whoever sent the request, when that is enough for the level; throws a Refusal with 401 or 403 otherwise. */
export async function findCaller(c: Context<Env>, level: Level): Promise<Caller> {
  const identity = await trustedIdentities(c.env.config).of(bearerOf(c.req.header("authorization")));
  if (level === "token") return { ...identity, isAdmin: false };
  const registered = await isRegistered(c.env.db, identity);
  const isAdmin = registered && isEntitled(identity, c.env.config.EOSC_PERF_ADMIN_ENTITLEMENTS);
  if (level === "admin" && !isAdmin) throw forbidden(identity, "is_admin");
  if (!registered) throw forbidden(identity, "is_registered");
  return { ...identity, isAdmin };
}

/** Without any entitlement in the settings nobody is admin; `*` stands for everyone who is registered. */
function isEntitled({ entitlements }: Identity, wanted: readonly string[]): boolean {
  return wanted.includes("*") || entitlements.some((entitlement) => wanted.includes(entitlement));
}
