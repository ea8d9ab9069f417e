import { beforeAll, describe, expect, test } from "vitest";
import { bearer, OWN, ownEdge, sum } from "../../support/own-edge.ts";
import { ask, fresh, freshProject, outputBody } from "../../support/qaboard.ts";

const [READ, WRITE] = ["read-token-of-one-file", "write-token-of-one-file"];
const restricted = ownEdge(() => ({ QABOARD_READ_TOKEN_SHA256: sum(READ), QABOARD_WRITE_TOKEN_SHA256: sum(WRITE) }));
const readOnly = ownEdge(() => ({ QABOARD_WRITE_TOKEN_SHA256: sum(WRITE) }));
const hidden = ownEdge(() => ({ QABOARD_READ_TOKEN_SHA256: sum(READ) }));
const at = (edge: () => { url: string }) => `${edge().url}/qaboard`;
const basic = (token: string) => ({ authorization: `Basic ${Buffer.from(`anyone:${token}`).toString("base64")}` });

const read = async (base: string, headers = {}) => (await ask("GET", "/projects", { base, headers })).status;
const write = async (base: string, headers = {}) =>
  (await ask("POST", "/output/", { base, headers, json: outputBody(freshProject()) })).status;

test("tokens open what they are for, as a bearer's or as the password of Basic authentication", async () => {
  const base = at(restricted);
  for (const headers of [{}, bearer("wrong"), basic("wrong"), bearer(OWN.adminToken)])
    expect([await read(base, headers), await write(base, headers)]).toEqual([401, 401]);
  for (const proof of [bearer, basic]) {
    expect([await read(base, proof(READ)), await write(base, proof(READ))]).toEqual([200, 401]);
    expect([await read(base, proof(WRITE)), await write(base, proof(WRITE))]).toEqual([200, 200]);
  }
});

test("where only writing is restricted, everyone reads", async () => {
  const base = at(readOnly);
  expect([await read(base), await write(base), await write(base, bearer(WRITE))]).toEqual([200, 401, 200]);
});

test("a refusal says how to come in, in this API's shape, before the body is looked at", async () => {
  const answer = await ask("POST", "/output/", { base: at(restricted), body: '{"broken' });
  expect([answer.status, answer.json]).toEqual([401, { error: expect.any(String) }]);
  expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="qaboard"');
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
});

describe("a session in place of a token", () => {
  const form = (fields: Record<string, string>, headers = {}) => ({
    body: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
  });
  const user = fresh("user");
  let cookie = "";
  beforeAll(async () => {
    const base = at(restricted);
    const made = form({ user_name: user, password: "secret" }, bearer(WRITE));
    expect((await ask("POST", "/user/signup/", { base, ...made })).status).toBe(200);
    const login = await ask("POST", "/user/auth/", { base, ...form({ username: user, password: "secret" }) });
    cookie = login.headers.get("set-cookie")?.split(";")[0] ?? "";
  });

  test("reads and writes", async () => {
    const base = at(restricted);
    expect([await read(base, { cookie }), await write(base, { cookie })]).toEqual([200, 200]);
    expect(await read(base, { cookie: `${cookie}x` })).toBe(401);
  });

  test("is not for whoever signs up: accounts are made by those whom the restriction lets through", async () => {
    const signUp = async (base: string, headers = {}) =>
      (await ask("POST", "/user/signup/", { base, ...form({ user_name: fresh("user"), password: "x" }, headers) }))
        .status;
    for (const edge of [restricted, readOnly]) {
      expect([await signUp(at(edge)), await signUp(at(edge), bearer(READ))]).toEqual([401, 401]);
      expect(await signUp(at(edge), bearer(WRITE))).toBe(200);
    }
    expect([await signUp(at(hidden)), await signUp(at(hidden), bearer(READ))]).toEqual([401, 200]);
  });
});
