import { expect, test } from "vitest";
import { readConfig } from "../../../functions/edge/config.ts";
import { openIdentities } from "../../../functions/edge/eosc-perf/http/identity/identities.ts";
import { stubIssuer } from "../../support/stub-issuer.ts";

const refusedWith = (error_description: string) => ({
  status: 401,
  body: { error: "Unauthenticated", error_description },
});

test("plain http is for the local issuer alone", async () => {
  const issuer = await stubIssuer();
  await expect(openIdentities([issuer.url], undefined).of(await issuer.token())).rejects.toMatchObject(
    refusedWith("Could not verify JWT: No 'iss' claim in body"),
  );
  expect(issuer.asked).toEqual([]);
  const bindings = { EOSC_PERF_TRUSTED_OP_LIST: "http://issuer.example.org" };
  expect(readConfig(bindings)).toMatchObject({ ok: false, problem: expect.stringContaining("must be https:// URLs") });
});

test("a discovery document that names another issuer or leads elsewhere is not believed", async () => {
  const elsewhere = await stubIssuer();
  const place = "/.well-known/openid-configuration";
  for (const change of [
    { issuer: elsewhere.url },
    { jwks_uri: `${elsewhere.url}/jwks` },
    { userinfo_endpoint: `${elsewhere.url}/userinfo` },
    { jwks_uri: "file:///etc/passwd" },
    { userinfo_endpoint: undefined },
  ]) {
    const issuer = await stubIssuer();
    issuer.answers.set(place, { body: { ...Object(issuer.answers.get(place)?.body), ...change } });
    await expect(openIdentities(undefined, issuer.url).of(await issuer.token())).rejects.toMatchObject({ status: 401 });
  }
  expect(elsewhere.asked).toEqual([]);
});

test("redirects are not followed", async () => {
  const issuer = await stubIssuer();
  issuer.answers.set("/userinfo", { status: 302, body: {} });
  await expect(openIdentities(undefined, issuer.url).of(await issuer.token())).rejects.toMatchObject({ status: 401 });
});

test("an issuer that is slow, talks nonsense or too much is waited for 1.2 s and no longer", async () => {
  for (const answer of [
    { body: {}, afterMs: 10_000 },
    { body: "<html>" },
    { body: { sub: "somebody", more: "x".repeat(300_000) } },
    { status: 503, body: {} },
  ]) {
    const issuer = await stubIssuer();
    issuer.answers.set("/userinfo", answer);
    const started = performance.now();
    await expect(openIdentities(undefined, issuer.url).of(await issuer.token())).rejects.toMatchObject(
      refusedWith("User identity could not be determined"),
    );
    expect(performance.now() - started).toBeLessThan(4_000);
  }
});

test("the same bad token, and unknown key ids, do not have the issuer asked over and over", async () => {
  const issuer = await stubIssuer();
  const identities = openIdentities(undefined, issuer.url);
  issuer.answers.set("/userinfo", { status: 401, body: {} });
  const token = await issuer.token();
  for (let i = 0; i < 5; i += 1) await expect(identities.of(token)).rejects.toMatchObject({ status: 401 });
  expect(issuer.times("/userinfo")).toBe(1);
  for (let i = 0; i < 5; i += 1)
    await expect(identities.of(await issuer.token({}, `unknown-${i}`))).rejects.toMatchObject({ status: 401 });
  expect(issuer.times("/jwks")).toBe(1);
});

test("thousands of tokens do not grow what is kept without end", async () => {
  const issuer = await stubIssuer();
  const identities = openIdentities(undefined, issuer.url);
  await identities.of("opaque-0");
  for (let i = 1; i <= 2_000; i += 1) await identities.of(`opaque-${i}`);
  const before = issuer.times("/userinfo");
  await identities.of("opaque-2000");
  expect(issuer.times("/userinfo")).toBe(before);
  await identities.of("opaque-0");
  expect(issuer.times("/userinfo")).toBe(before + 1);
});
