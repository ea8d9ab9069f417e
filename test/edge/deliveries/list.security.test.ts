import { expect, inject, test } from "vitest";
import { errorCode } from "../../support/deliveries-api.ts";
import { bearer, OWN, ownEdge } from "../../support/own-edge.ts";

const { edgeUrl, adminToken } = inject("stack");
const withoutAdmins = ownEdge(() => ({ ADMIN_TOKEN_SHA256: undefined }));

const HEADERS: [string, Record<string, string>][] = [
  ["no header", {}],
  ["an empty token", { authorization: "Bearer " }],
  ["another token", bearer("x".repeat(40))],
  ["a token cut short", bearer(adminToken.slice(0, -1))],
  ["a token made longer", bearer(`${adminToken}0`)],
  [
    "a token in other letters",
    bearer(adminToken.toUpperCase().toLowerCase() === adminToken ? adminToken.toUpperCase() : adminToken.toLowerCase()),
  ],
  ["another scheme", { authorization: `Basic ${btoa(`admin:${adminToken}`)}` }],
  ["the token without a scheme", { authorization: adminToken }],
  ["two tokens", { authorization: `Bearer ${adminToken} ${adminToken}` }],
];

test.each(HEADERS)("%s lists nothing", async (_, headers) => {
  const answer = await fetch(`${edgeUrl}/deliveries`, { headers });
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="runledger"']);
  expect(await errorCode(answer)).toBe("unauthorized");
});

test("a token in the address is no token", async () => {
  const answer = await fetch(`${edgeUrl}/deliveries?token=${adminToken}&access_token=${adminToken}`);
  expect(answer.status).toBe(401);
});

test("a wrong token learns nothing about its parameters", async () => {
  const answer = await fetch(`${edgeUrl}/deliveries?limit=9999`, { headers: bearer("wrong") });
  expect(answer.status).toBe(401);
});

test("while no admin is named, nobody is one", async () => {
  for (const token of [OWN.adminToken, "", "undefined"]) {
    const answer = await fetch(`${withoutAdmins().url}/deliveries`, { headers: bearer(token) });
    expect(answer.status).toBe(401);
  }
});

test("tokens are in no log line", async () => {
  await fetch(`${withoutAdmins().url}/deliveries?key=${OWN.adminToken}`, { headers: bearer(OWN.adminToken) });
  await expect.poll(() => withoutAdmins().log.some((line) => line.includes('"status":401'))).toBe(true);
  expect(withoutAdmins().log.filter((line) => line.includes(OWN.adminToken))).toEqual([]);
});
