import { expect, inject, test } from "vitest";
import { sign } from "../support/github-delivery.ts";
import { startNode } from "../support/node-process.ts";
import { bearer, OWN, ownEdge } from "../support/own-edge.ts";

const LIMIT = 5;
/* Either mode has its own setting of the same limit. */
const byAddress = ownEdge(() => ({ EDGE_ADDRESS_REQUESTS_PER_MINUTE: String(LIMIT), KERNELCI_UNSIGNED: undefined }), {
  RATE_LIMIT_ADDRESS: LIMIT,
});
const byToken = ownEdge(() => ({ EDGE_TOKEN_REQUESTS_PER_MINUTE: String(LIMIT) }), { RATE_LIMIT_TOKEN: LIMIT });
const receipts = ownEdge(() => ({ EDGE_ADDRESS_REQUESTS_PER_MINUTE: String(LIMIT), EDGE_LIMIT_RECEIPTS: "on" }), {
  RATE_LIMIT_ADDRESS: LIMIT,
});

function deliver(url: string, signature?: string): Promise<Response> {
  const body = '{"zen":"x"}';
  const signed = { "x-hub-signature-256": signature ?? sign(body, inject("stack").githubSecret) };
  const named = { "x-github-event": "ping", "x-github-delivery": crypto.randomUUID() };
  const headers = { "content-type": "application/json", ...signed, ...named };
  return fetch(`${url}/github/webhook`, { method: "POST", body, headers });
}

/** Asks until it is refused; Cloudflare's limits begin anew with each minute of the clock. */
async function exhaust(ask: () => Promise<Response>): Promise<Response> {
  let answer = await ask();
  for (let i = 0; i < 3 * LIMIT && answer.status !== 429; i += 1) answer = await ask();
  return answer;
}

test("an address that asks too often is refused in each API's own words, and told when to come again", async () => {
  const { url } = byAddress();
  const ask =
    (path: string, method = "GET") =>
    () =>
      fetch(url + path, { method });
  const message = expect.stringMatching(/^Too many requests\. Try again in \d+ seconds\.$/);
  const own = await exhaust(ask("/deliveries"));
  expect([own.status, await own.json()]).toEqual([
    429,
    { code: "too_many_requests", message, requestId: expect.any(String), docs: "/docs/errors#too_many_requests" },
  ]);
  const seconds = Number(own.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  const github = await exhaust(ask("/github/repos/a/b"));
  expect([github.status, await github.json()]).toEqual([429, expect.objectContaining({ message, status: "429" })]);
  const kernelci = await exhaust(ask("/kernelci/api/tree/"));
  expect([kernelci.status, await kernelci.json()]).toEqual([429, { detail: message }]);
  const eoscPerf = await exhaust(ask("/eosc-perf/benchmarks"));
  expect([eoscPerf.status, await eoscPerf.json()]).toEqual([
    429,
    { code: 429, status: "Too Many Requests", errors: { error: message } },
  ]);
  const submit = await exhaust(ask("/kernelci/submit", "POST"));
  expect([submit.status, JSON.parse(await submit.text())]).toEqual([429, { id: "0", status: "error", message }]);
});

test("signed deliveries pass however many come, badly signed ones do not", async () => {
  const { url } = byAddress();
  const bad = await exhaust(() => deliver(url, "sha256=none"));
  expect([bad.status, await bad.json()]).toEqual([429, { message: expect.stringContaining("Too many requests") }]);
  for (let i = 0; i < 2 * LIMIT; i += 1) expect((await deliver(url)).status).toBe(200);
});

test("where a setting says so, signed deliveries are limited too", async () => {
  expect((await exhaust(() => deliver(receipts().url))).status).toBe(429);
});

test("probes are never refused", async () => {
  for (let i = 0; i < 3 * LIMIT; i += 1) expect((await fetch(`${byAddress().url}/health`)).status).toBe(200);
});

test("a token that asks too often is refused, right or wrong, and costs no other", async () => {
  const ask = (token: string) => () => fetch(`${byToken().url}/deliveries`, { headers: bearer(token) });
  expect((await exhaust(ask("a guess"))).status).toBe(429);
  expect((await ask(OWN.adminToken)()).status).toBe(200);
  expect((await exhaust(ask(OWN.adminToken))).status).toBe(429);
  expect((await fetch(`${byToken().url}/deliveries`)).status).toBe(401);
});

test("without the setting nobody is limited", async () => {
  const { edgeUrl } = inject("stack");
  for (let i = 0; i < 5 * LIMIT; i += 1) expect((await fetch(`${edgeUrl}/deliveries`)).status).toBe(401);
});

test("a header that names the caller counts only where a setting names it, and of several addresses the last", async () => {
  const limit = { EDGE_ADDRESS_REQUESTS_PER_MINUTE: String(LIMIT) };
  const [open, proxied] = await Promise.all([
    startNode("edge", limit),
    startNode("edge", { ...limit, EDGE_ADDRESS_HEADER: "X-Forwarded-For" }),
  ]);
  let made = 0;
  const forged = (url: string) => () => {
    made += 1;
    return fetch(`${url}/deliveries`, { headers: { "x-forwarded-for": `192.0.2.${made}, 198.51.100.7` } });
  };
  expect((await exhaust(forged(open.url))).status).toBe(429);
  expect((await exhaust(forged(proxied.url))).status).toBe(429);
  const other = await fetch(`${proxied.url}/deliveries`, { headers: { "x-forwarded-for": "198.51.100.8" } });
  expect(other.status).toBe(401);
});
