import { createPrivateKey, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { MutableResponse, MutableToken } from "oauth2-mock-server";
import * as z from "zod";
import { ALGORITHM, keyId, openIssuerKey, USER_INFO_CLAIM } from "./identities.ts";

export type Issuer = {
  /** The issuer's name, at which its discovery document is found. */
  url: string;
  stop(): Promise<void>;
};

/** The issuer's name on a port of this machine. */
export const issuerUrl = (port: number) => `http://127.0.0.1:${port}`;

/**
 * An OpenID Connect issuer on this machine: discovery, keys, user info. It vouches for whoever bears a token that
 * `mintToken` signed with the data folder's key; what its other endpoints give out, to anybody, is worth nothing.
 */
export async function startIssuer({ port, dataDir }: { port: number; dataDir: string }): Promise<Issuer> {
  const { OAuth2Server } = await import("oauth2-mock-server");
  const pem = openIssuerKey(dataDir);
  const publicKey = createPublicKey(pem);
  const kid = keyId(publicKey.export({ format: "jwk" }));
  const server = new OAuth2Server();
  await server.issuer.keys.add({ ...createPrivateKey(pem).export({ format: "jwk" }), kid, alg: ALGORITHM });
  server.service.on("beforeTokenSigning", ({ payload }: MutableToken) => {
    delete payload[USER_INFO_CLAIM];
  });
  server.service.on("beforeUserinfo", (answer: MutableResponse, { headers }: IncomingMessage) => {
    const known = userInfoIn(headers.authorization ?? "", publicKey);
    answer.statusCode = known === undefined ? 401 : 200;
    answer.body = known ?? { error: "invalid_token" };
  });
  server.issuer.url = issuerUrl(port);
  await server.start(port, "127.0.0.1");
  return { url: issuerUrl(port), stop: () => server.stop() };
}

const Claims = z.object({ exp: z.number(), [USER_INFO_CLAIM]: z.record(z.string(), z.unknown()) });

/** What a token says about its bearer, when it is ours and still holds. */
function userInfoIn(authorization: string, key: KeyObject): Record<string, unknown> | undefined {
  const [head = "", claims = "", signature = ""] = authorization.replace(/^Bearer /, "").split(".");
  if (!verify("RSA-SHA256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url")))
    return undefined;
  const { data } = Claims.safeParse(JSON.parse(Buffer.from(claims, "base64url").toString()));
  return data === undefined || data.exp * 1_000 < Date.now() ? undefined : data[USER_INFO_CLAIM];
}
