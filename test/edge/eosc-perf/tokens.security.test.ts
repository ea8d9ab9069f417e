import { createHmac, createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { importPKCS8, type JWTHeaderParameters, SignJWT } from "jose";
import { expect, inject, onTestFinished, test } from "vitest";
import { ADMIN_ENTITLEMENT, keyId, openIssuerKey, USER_INFO_CLAIM } from "../../../dev/identities.ts";
import { call, fresh, said, somebody, tokenOf } from "../../support/eosc-perf.ts";

const { dataDir, issuerUrl } = inject("stack");
const pem = openIssuerKey(dataDir);
const publicKey = createPublicKey(pem);
const kid = keyId(publicKey.export({ format: "jwk" }));
const admin = fresh("admin");
const userInfo = { sub: admin, email: `${admin}@example.org`, eduperson_entitlement: [ADMIN_ENTITLEMENT] };
const claims = { iss: issuerUrl, sub: admin, [USER_INFO_CLAIM]: userInfo };
const inAnHour = () => Math.floor(Date.now() / 1_000) + 3_600;
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token with our very own header and claims, by the issuer's key or another one. */
async function signed(change: object = {}, header: Partial<JWTHeaderParameters> = {}, key = pem): Promise<string> {
  return await new SignJWT({ ...claims, exp: inAnHour(), ...change })
    .setProtectedHeader({ alg: "RS256", kid, ...header })
    .sign(await importPKCS8(key, "RS256"));
}

/** Asks who bears a token; every refusal is a 401 with a sentence and nothing else. */
async function refusalOf(token: string): Promise<string> {
  const [status, body] = await said("GET", "/users/self", { token });
  expect([status, body]).toEqual([401, { error: "Unauthenticated", error_description: expect.any(String) }]);
  return JSON.stringify(body).replace(/.*"error_description":"(.*)"\}/, "$1");
}

const foreign = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

test("the issuer's own token opens: the refusals below are for their own reasons", async () => {
  expect(await said("GET", "/users/self", { token: await signed() })).toMatchObject([404, {}]);
});

test("a header without a token, or of another scheme, is refused; the scheme is case-sensitive", async () => {
  const token = await signed();
  const description = async (authorization?: string) => {
    const { status, json, headers } = await call("GET", "/users/self", {
      headers: authorization === undefined ? {} : { authorization },
    });
    expect([status, headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="eosc-perf"']);
    return JSON.stringify(json);
  };
  expect(await description()).toContain("No authorization header");
  for (const other of ["Bearer", "Basic dTpw", `bearer ${token}`, token])
    expect(await description(other)).toContain("No bearer token in authorization header");
  for (const other of ["Bearer garbage", `Bearer ${token} x`, "Bearer ..", "Bearer \u00e9"])
    expect(await description(other)).not.toContain("200");
});

test("a token without a signature is refused", async () => {
  for (const alg of ["none", "None", "nOnE"])
    for (const signature of ["", "AAAA"])
      await refusalOf(`${encoded({ alg, kid })}.${encoded({ ...claims, exp: inAnHour() })}.${signature}`);
});

test("the public key is no secret to sign with", async () => {
  const secrets = [
    publicKey.export({ type: "spki", format: "pem" }),
    publicKey.export({ type: "spki", format: "der" }),
    JSON.stringify(publicKey.export({ format: "jwk" })),
  ];
  for (const secret of secrets) {
    const head = `${encoded({ alg: "HS256", kid })}.${encoded({ ...claims, exp: inAnHour() })}`;
    await refusalOf(`${head}.${createHmac("sha256", secret).update(head).digest("base64url")}`);
  }
});

test("expired, not yet valid, tampered, and signed by somebody else", async () => {
  expect(await refusalOf(await tokenOf({ sub: admin, ttl: -60 }))).toBe("Could not verify JWT: Signature has expired");
  expect(await refusalOf(await tokenOf({ sub: admin, tampered: true }))).toBe(
    "Could not verify JWT: Signature verification failed",
  );
  expect(await refusalOf(await signed({}, {}, foreign.privateKey))).toBe(
    "Could not verify JWT: Signature verification failed",
  );
  await refusalOf(await signed({ nbf: inAnHour() }));
  const [head, , signature] = (await signed()).split(".");
  await refusalOf(`${head}.${encoded({ ...claims, sub: "somebody-else", exp: inAnHour() })}.${signature}`);
});

test("a key the issuer does not know is a refusal, not a fault; keys and addresses in the header are not used", async () => {
  expect(await refusalOf(await signed({}, { kid: "unknown" }))).toBe("Could not verify JWT: No key of the issuer fits");
  const jwk = { ...createPublicKey(foreign.publicKey).export({ format: "jwk" }), kty: "RSA" };
  await refusalOf(await signed({}, { kid: "mine", jwk }, foreign.privateKey));
  for (const unusual of ["../../etc/passwd", "' or 1=1 --", "x".repeat(2_000)])
    await refusalOf(await signed({}, { kid: unusual }));
});

test("nobody but trusted issuers is ever asked", async () => {
  let asked = 0;
  const server = createServer((_, answer) => {
    asked += 1;
    answer.end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const elsewhere = `http://127.0.0.1:${port}`;
  for (const iss of [elsewhere, `${issuerUrl}@127.0.0.1:${port}`, `${issuerUrl}/../x`, `${issuerUrl}.example.org`])
    expect(await refusalOf(await signed({ iss }))).toBe(`Issuer is not trusted: ${iss}`);
  await refusalOf(await signed({}, { jku: `${elsewhere}/jwks`, x5u: `${elsewhere}/x5u` }, foreign.privateKey));
  for (const iss of [undefined, "", 5, [issuerUrl]])
    expect(await refusalOf(await signed({ iss }))).toBe("Could not verify JWT: No 'iss' claim in body");
  expect(asked).toBe(0);
});

test("user info about somebody else is not used", async () => {
  expect(await refusalOf(await signed({ sub: "somebody-else" }))).toBe("User identity could not be determined");
});

test("what a token claims about itself makes nobody an admin: only the user info counts", async () => {
  const sub = fresh("plain");
  const token = await signed({
    sub,
    eduperson_entitlement: [ADMIN_ENTITLEMENT],
    email: "claimed@example.org",
    [USER_INFO_CLAIM]: { sub, email: `${sub}@example.org`, eduperson_entitlement: "not a list" },
  });
  expect(await said("POST", "/users:register", { token })).toMatchObject([201, { email: `${sub}@example.org` }]);
  expect(await said("GET", "/users/self:try_admin", { token })).toEqual([
    403,
    {
      error: "Forbidden",
      error_description: `User ${sub}@${issuerUrl} does not meet requirements`,
      error_details: "Evaluation of: is_admin",
    },
  ]);
});

test("the embedded issuer's other endpoints, open to anybody, give out nothing that opens", async () => {
  const payload = { sub: admin, [USER_INFO_CLAIM]: userInfo };
  for (const form of [
    { grant_type: "client_credentials" },
    { grant_type: "password", username: admin },
    {
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion: `${encoded({ alg: "none" })}.${encoded(payload)}.`,
    },
  ]) {
    const answer = await fetch(`${issuerUrl}/token`, { method: "POST", body: new URLSearchParams(form) });
    const text = await answer.text();
    const [, token] = /"access_token":"([^"]+)"/.exec(text) ?? [];
    expect([form.grant_type, token]).toEqual([form.grant_type, expect.any(String)]);
    await refusalOf(token ?? "");
  }
});

test("routes without a level never read the header, even a broken one", async () => {
  for (const authorization of ["Bearer garbage", "nonsense", `Bearer ${randomUUID()}`])
    expect((await call("GET", "/tags?per_page=1", { headers: { authorization } })).status).toBe(200);
});

test("an entitlement without registration opens nothing, nor does registration without it", async () => {
  const token = await tokenOf({ sub: fresh("boss"), email: "boss@example.org", entitlements: [ADMIN_ENTITLEMENT] });
  expect((await call("GET", "/users/self:try_admin", { token })).status).toBe(403);
  await call("POST", "/users:register", { token });
  expect((await call("GET", "/users/self:try_admin", { token })).status).toBe(204);
  expect((await call("GET", "/users/self:try_admin", { token: (await somebody()).token })).status).toBe(403);
});
