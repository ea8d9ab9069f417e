import { createHash } from "node:crypto";
import { decodeJwt, decodeProtectedHeader } from "jose";
import * as z from "zod";
import { Refusal, unauthenticated } from "../errors.ts";
import { isStorable } from "../parameters.ts";
import { fetchJson } from "./fetch-json.ts";
import { Kept } from "./kept.ts";
import { openProviders, type Provider } from "./providers.ts";
import { trustedIssuers } from "./trusted-issuers.ts";
import { badJwt, verifiedClaims } from "./verify-jwt.ts";

/** Who bears a token, in the words of the issuer's user info; `iss` as the issuer's discovery document spells it, however the token came. */
export type Identity = {
  sub: string;
  iss: string;
  email: string | undefined;
  emailVerified: boolean | undefined;
  entitlements: readonly string[];
};

export type Identities = {
  /** Whoever bears the token; throws a Refusal with 401 when nobody trusted vouches for it. */
  of(token: string): Promise<Identity>;
};

const KEPT_TOKENS = 2_000;
const KEPT_REFUSALS = 2_000;
const REFUSED_MS = 5_000;
/** An identity whose token names no end is asked for again after that. */
const WITHOUT_END_MS = 15 * 60_000;

const Claims = z.object({
  sub: z.string().min(1).refine(isStorable),
  email: z.string().min(1).refine(isStorable).optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  eduperson_entitlement: z.array(z.string()).catch([]),
});

const undetermined = () => unauthenticated("User identity could not be determined");

/**
 * Resolves bearer tokens by OpenID Connect (contract section 2.1). Identities are kept in memory until their token
 * expires, refusals for some seconds, so that neither costs the issuer a request a request.
 */
export function openIdentities(listed: readonly string[] | undefined, local: string | undefined): Identities {
  const trusted = trustedIssuers(listed, local);
  const providers = openProviders(trusted);
  const known = new Kept<Identity>(KEPT_TOKENS);
  const refused = new Kept<Refusal>(KEPT_REFUSALS);

  async function userInfo(token: string, provider: Provider): Promise<Identity | undefined> {
    const { data } = Claims.safeParse(await fetchJson(provider.userinfo_endpoint, token));
    if (data === undefined) return undefined;
    const { sub, email, email_verified: emailVerified, eduperson_entitlement: entitlements } = data;
    return { sub, iss: provider.issuer, email, emailVerified, entitlements };
  }

  async function byJwt(token: string): Promise<{ identity: Identity; until: number }> {
    const { iss } = unverifiedClaims(token);
    if (typeof iss !== "string" || iss === "" || !isStorable(iss)) throw badJwt("No 'iss' claim in body");
    const issuer = trusted.find(iss);
    if (issuer === undefined) throw unauthenticated(`Issuer is not trusted: ${iss}`);
    const provider = await providers.of(issuer);
    // The original's words when discovery fails, too.
    if (provider === undefined) throw badJwt("No 'iss' claim in body");
    const { sub, exp } = await verifiedClaims(token, provider, providers);
    const identity = await userInfo(token, provider);
    // OpenID Connect Core 5.3.2: user info about somebody else must not be used.
    if (identity === undefined || (sub !== undefined && identity.sub !== sub)) throw undetermined();
    return { identity, until: exp === undefined ? Date.now() + WITHOUT_END_MS : exp * 1_000 };
  }

  async function byUserInfo(token: string): Promise<{ identity: Identity; until: number }> {
    for (const issuer of trusted.all) {
      const provider = await providers.of(issuer);
      const identity = provider && (await userInfo(token, provider));
      if (identity !== undefined) return { identity, until: Date.now() + WITHOUT_END_MS };
    }
    throw undetermined();
  }

  return {
    async of(token) {
      if (!/^[\x21-\x7e]{1,16384}$/.test(token)) throw undetermined();
      const key = createHash("sha256").update(token).digest("base64");
      const kept = known.get(key) ?? refused.get(key);
      if (kept instanceof Refusal) throw kept;
      if (kept !== undefined) return kept;
      try {
        const { identity, until } = await (isJwt(token) ? byJwt(token) : byUserInfo(token));
        known.set(key, identity, until);
        return identity;
      } catch (error) {
        if (error instanceof Refusal) refused.set(key, error, Date.now() + REFUSED_MS);
        throw error;
      }
    },
  };
}

function isJwt(token: string): boolean {
  try {
    decodeProtectedHeader(token);
    return token.split(".").length === 3;
  } catch {
    return false;
  }
}

function unverifiedClaims(token: string): { iss?: unknown } {
  try {
    return decodeJwt(token);
  } catch {
    throw badJwt("Invalid token");
  }
}
