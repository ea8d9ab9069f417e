import type { JSONWebKeySet } from "jose";
import * as z from "zod";
import { isStorable } from "../parameters.ts";
import { fetchJson } from "./fetch-json.ts";
import { Kept } from "./kept.ts";
import type { TrustedIssuers } from "./trusted-issuers.ts";

const HOUR_MS = 3_600_000;
/** An unknown key makes us ask again, but not at every token. */
const KEYS_AGAIN_MS = 60_000;
/** Discovery or keys that could not be had are asked for again after that. */
const FAILED_MS = 5_000;

const Discovery = z.object({ issuer: z.string().refine(isStorable), jwks_uri: z.url(), userinfo_endpoint: z.url() });
/** What is asked of an issuer: its keys and its word on who bears a token. */
export type Provider = z.infer<typeof Discovery>;

const Keys = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Discovery documents and signing keys of the trusted issuers, kept for an hour. */
export type Providers = {
  /** What an issuer's discovery document says; undefined when it has none that holds. */
  of(issuer: string): Promise<Provider | undefined>;
  /** An issuer's public keys; `fresh` asks again, at most once a minute. The last good ones stand when it does not answer. */
  keysOf(provider: Provider, fresh?: boolean): Promise<JSONWebKeySet | undefined>;
};

/** Asks issuers by `.well-known/openid-configuration` (contract section 2.1). */
export function openProviders(trusted: TrustedIssuers): Providers {
  const known = new Kept<Provider | null>(100);
  const keySets = new Map<string, { keys: JSONWebKeySet; at: number }>();
  const failed = new Kept<true>(100);

  async function discover(issuer: string): Promise<Provider | undefined> {
    for (const place of ["", "/oauth2"]) {
      const url = `${issuer}${place}/.well-known/openid-configuration`;
      if (!trusted.mayAsk(issuer, url)) continue;
      const { data } = Discovery.safeParse(await fetchJson(url));
      if (data === undefined || trusted.find(data.issuer) !== issuer) continue;
      if ([data.jwks_uri, data.userinfo_endpoint].every((named) => trusted.mayAsk(issuer, named))) return data;
    }
    return undefined;
  }

  return {
    async of(issuer) {
      const kept = known.get(issuer);
      if (kept !== undefined) return kept ?? undefined;
      const found = await discover(issuer);
      known.set(issuer, found ?? null, Date.now() + (found === undefined ? FAILED_MS : HOUR_MS));
      return found;
    },
    async keysOf({ jwks_uri }, fresh = false) {
      const kept = keySets.get(jwks_uri);
      const isGood = kept !== undefined && Date.now() - kept.at < (fresh ? KEYS_AGAIN_MS : HOUR_MS);
      if (isGood || failed.get(jwks_uri) !== undefined) return kept?.keys;
      const { data } = Keys.safeParse(await fetchJson(jwks_uri));
      if (data === undefined) failed.set(jwks_uri, true, Date.now() + FAILED_MS);
      else keySets.set(jwks_uri, { keys: data, at: Date.now() });
      return data ?? kept?.keys;
    },
  };
}
