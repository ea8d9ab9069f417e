import { generateKeyPairSync } from "node:crypto";
import { exportJWK } from "jose";
import { expect, onTestFinished, test, vi } from "vitest";
import { openIdentities } from "../../../functions/edge/eosc-perf/http/identity/identities.ts";
import { stubIssuer } from "../../support/stub-issuer.ts";

/** Lets the clock run ahead; timers stay real. */
function clock() {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  onTestFinished(() => void vi.useRealTimers());
  return { ahead: (seconds: number) => void vi.setSystemTime(Date.now() + seconds * 1_000) };
}

test("an identity is asked for once a token, discovery and keys once an hour", async () => {
  const { ahead } = clock();
  const issuer = await stubIssuer();
  const identities = openIdentities(undefined, issuer.url);
  const token = await issuer.token();
  const identity = {
    sub: "somebody",
    iss: issuer.url,
    email: "somebody@example.org",
    emailVerified: undefined,
    entitlements: [],
  };
  expect(await identities.of(token)).toEqual(identity);
  expect(await identities.of(token)).toEqual(identity);
  await identities.of(await issuer.token());
  expect(issuer.asked).toEqual(["/.well-known/openid-configuration", "/jwks", "/userinfo", "/userinfo"]);
  ahead(3_601);
  await identities.of(await issuer.token({ exp: Date.now() / 1_000 + 60 }));
  expect([issuer.times("/.well-known/openid-configuration"), issuer.times("/jwks")]).toEqual([2, 2]);
});

test("a new key of the issuer is found, and a token without a key id is tried with every key", async () => {
  const { ahead } = clock();
  const issuer = await stubIssuer();
  const identities = openIdentities(undefined, issuer.url);
  await identities.of(await issuer.token());
  const second = generateKeyPairSync("rsa", { modulusLength: 2048 });
  issuer.keys.push({ ...(await exportJWK(second.publicKey)), kid: "second", alg: "RS256" });
  ahead(61);
  await identities.of(await issuer.token({}, "second", second.privateKey));
  await identities.of(await issuer.token({}, null, second.privateKey));
  expect(issuer.times("/jwks")).toBe(2);
});

test("the last good keys stand while the issuer does not give them", async () => {
  const { ahead } = clock();
  const issuer = await stubIssuer();
  const identities = openIdentities(undefined, issuer.url);
  await identities.of(await issuer.token());
  issuer.answers.set("/jwks", { status: 500, body: "" });
  ahead(3_601);
  const token = await issuer.token({ exp: Date.now() / 1_000 + 60 });
  expect(await identities.of(token)).toMatchObject({ sub: "somebody" });
});

test("an opaque token is whose the user info says it is; nobody's when no issuer knows it", async () => {
  const issuer = await stubIssuer();
  const identities = openIdentities(undefined, issuer.url);
  expect(await identities.of("an-opaque-token")).toMatchObject({ sub: "somebody", iss: issuer.url });
  await identities.of("an-opaque-token");
  expect([issuer.times("/jwks"), issuer.times("/userinfo")]).toEqual([0, 1]);
  issuer.answers.set("/userinfo", { status: 401, body: {} });
  await expect(identities.of("another-opaque-token")).rejects.toMatchObject({ status: 401 });
});

test("discovery is found below /oauth2 too, and a slash at the issuer's end does not matter", async () => {
  const issuer = await stubIssuer();
  const document = issuer.answers.get("/.well-known/openid-configuration");
  issuer.answers.delete("/.well-known/openid-configuration");
  if (document !== undefined) issuer.answers.set("/oauth2/.well-known/openid-configuration", document);
  const identities = openIdentities(undefined, `${issuer.url}/`);
  const iss = `${issuer.url}/`;
  expect(await identities.of(await issuer.token({ iss }))).toMatchObject({ iss: issuer.url });
});

test.each([
  ["without a slash", "", ""],
  ["with a slash", "/", ""],
  ["with a slash in the discovery document alone", "", "/"],
  ["with a slash in both", "/", "/"],
])("one person is one user, however the token comes: the issuer %s", async (_, setting, discovered) => {
  const issuer = await stubIssuer();
  const place = "/.well-known/openid-configuration";
  const document = Object(issuer.answers.get(place)?.body);
  issuer.answers.set(place, { body: { ...document, issuer: issuer.url + discovered } });
  const identities = openIdentities(undefined, issuer.url + setting);
  const tokens = [await issuer.token(), await issuer.token({ iss: `${issuer.url}/` }), "an-opaque-token"];
  for (const token of tokens)
    expect(await identities.of(token)).toMatchObject({ sub: "somebody", iss: issuer.url + discovered });
});

test("a token that was made a moment ahead of our clock is taken: exp and nbf decide", async () => {
  const issuer = await stubIssuer();
  const identities = openIdentities(undefined, issuer.url);
  const iat = Math.floor(Date.now() / 1_000) + 300;
  expect(await identities.of(await issuer.token({ iat }))).toMatchObject({ sub: "somebody" });
});

test("what user info does not say well is not there; a user info without subject is nobody's", async () => {
  const issuer = await stubIssuer();
  const identities = openIdentities(undefined, issuer.url);
  const body = { sub: "somebody", email: 5, email_verified: "true", eduperson_entitlement: "urn:example:perf:admins" };
  issuer.answers.set("/userinfo", { body });
  expect(await identities.of(await issuer.token())).toMatchObject({
    email: undefined,
    emailVerified: undefined,
    entitlements: [],
  });
  issuer.answers.set("/userinfo", { body: { email: "x@example.org" } });
  await expect(identities.of(await issuer.token())).rejects.toMatchObject({ status: 401 });
});
