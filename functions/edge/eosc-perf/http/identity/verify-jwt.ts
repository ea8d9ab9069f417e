import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";
import { unauthenticated } from "../errors.ts";
import type { Provider, Providers } from "./providers.ts";

/** Signatures by private keys alone: a secret shared with an issuer, or no signature, proves nothing to us. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** Refuses a JWT in the words of contract section 2.1. */
export const badJwt = (reason: string) => unauthenticated(`Could not verify JWT: ${reason}`);

/** The claims of a JWT whose signature and times hold; throws a Refusal. */
export async function verifiedClaims(token: string, provider: Provider, providers: Providers): Promise<JWTPayload> {
  const keys = await providers.keysOf(provider);
  if (keys === undefined) throw badJwt("The keys of the issuer could not be fetched");
  try {
    return await claimsBy(keys, token);
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw refusedBy(error);
  }
  const fresh = await providers.keysOf(provider, true);
  if (fresh === undefined || fresh === keys) throw badJwt("No key of the issuer fits");
  try {
    return await claimsBy(fresh, token);
  } catch (error) {
    throw refusedBy(error);
  }
}

/** By the key that the header names, else by every key of its algorithm's family. */
async function claimsBy(keys: JSONWebKeySet, token: string): Promise<JWTPayload> {
  const options = { algorithms: ALGORITHMS };
  try {
    return (await jwtVerify(token, createLocalJWKSet(keys), options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

function refusedBy(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return badJwt("Signature has expired");
  if (error instanceof errors.JWSSignatureVerificationFailed) return badJwt("Signature verification failed");
  if (error instanceof errors.JWKSNoMatchingKey) return badJwt("No key of the issuer fits");
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === "nbf")
    return badJwt("The token is not yet valid (nbf)");
  if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException)
    return badJwt("Invalid token");
  return error instanceof Error ? error : new Error("the token could not be checked", { cause: error });
}
