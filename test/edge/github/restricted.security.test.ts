import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Edge, startEdge } from "../../../dev/edge.ts";
import { freePort } from "../../../dev/ports.ts";
import { IREE, seeded } from "../../support/github-reads.ts";

seeded();

const TOKENS = ["ghp_reader-one", "ghp_reader-two"] as const;
const sum = (text: string) => createHash("sha256").update(text).digest("hex");
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
const PATHS = [IREE, `${IREE}/actions/runs`, `${IREE}/nothing`, "/repos/a/b", "/repositories/700100200", "/rate_limit"];

let edge: Edge;
beforeAll(async () => {
  const bindings = {
    ...inject("stack").functionEnv,
    RECEIPT_KEY: "0123456789abcdef",
    GITHUB_UNSIGNED: "accept",
    GITHUB_READ_TOKEN_SHA256: TOKENS.map(sum).join(", ").toUpperCase(),
  };
  edge = await startEdge({ port: await freePort(), bindings });
});
afterAll(() => edge.stop());

const read = (path: string, authorization?: string) =>
  fetch(`${edge.url}/github${path}`, { headers: authorization === undefined ? {} : { authorization } });

test.each([
  [undefined],
  [""],
  ["Bearer"],
  ["Bearer "],
  ["Bearer wrong"],
  ["token wrong"],
  [`Bearer ${TOKENS[0].slice(0, -1)}`],
  [`Bearer ${TOKENS[0]}x`],
  [`Bearer ${TOKENS[0].toUpperCase()}`],
  [`Bearer ${sum(TOKENS[0])}`],
  [`Digest ${TOKENS[0]}`],
  [TOKENS[0]],
  [basic(TOKENS[0])],
  [basic(`${TOKENS[0]}:`)],
  [basic("user:wrong")],
  ["Basic %%%"],
])("while reading is restricted, %j reads nothing", async (authorization) => {
  for (const path of PATHS) {
    const answer = await read(path, authorization);
    expect([path, answer.status]).toEqual([path, 401]);
    expect(await answer.json()).toEqual({
      message: "Bad credentials",
      documentation_url: expect.any(String),
      status: "401",
    });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("etag")).toBeNull();
  }
});

test.each([
  [`Bearer ${TOKENS[0]}`],
  [`bearer ${TOKENS[1]}`],
  [`token ${TOKENS[1]}`],
  [basic(`anyone:${TOKENS[0]}`)],
  [basic(`:${TOKENS[1]}`)],
])("a valid token reads, sent as %j", async (authorization) => {
  const statuses = await Promise.all(PATHS.map(async (path) => (await read(path, authorization)).status));
  expect(statuses).toEqual([200, 200, 404, 404, 200, 200]);
});

test("without a token a preflight passes, and a conditional request learns nothing", async () => {
  const preflight = await fetch(`${edge.url}/github${IREE}`, { method: "OPTIONS" });
  expect(preflight.status).toBe(204);
  const { headers } = await read(IREE, `Bearer ${TOKENS[0]}`);
  const conditional = await fetch(`${edge.url}/github${IREE}`, {
    headers: { "if-none-match": headers.get("etag") ?? "" },
  });
  expect(conditional.status).toBe(401);
  expect((await fetch(`${edge.url}/github${IREE}`, { method: "HEAD" })).status).toBe(401);
});

test("webhooks need no read token", async () => {
  const headers = {
    "content-type": "application/json",
    "x-github-event": "ping",
    "x-github-delivery": crypto.randomUUID(),
  };
  const answer = await fetch(`${edge.url}/github/webhook`, { method: "POST", headers, body: "{}" });
  expect(answer.status).toBe(200);
});
