import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resolveNamesBy } from "../../functions/outside/address.ts";
import { allowedFetch } from "../../functions/outside/allowed-fetch.ts";
import { checkConnections } from "../../functions/outside/node-connections.ts";
import { OutboundError } from "../../functions/outside/outbound.ts";

const NAMES: Record<string, string> = { "rebound.example": "127.0.0.1", "logs.localhost": "127.0.0.1" };
let requests = 0;
const server = createServer((_, response) => {
  requests += 1;
  response.end("an answer");
});

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  checkConnections((name, _, done) => done(null, [{ address: NAMES[name] ?? "203.0.113.1", family: 4 }]));
  // What the look-up before the connection says.
  resolveNamesBy(async () => ["93.184.216.34"]);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = (name: string) =>
  allowedFetch(
    { url: `http://${name}:${Object(server.address()).port}/`, method: "GET", headers: new Headers() },
    { isListed: () => true, addresses: "public", timeoutMs: 2_000 },
  );

test("a name that is public when it is looked up and private when it is connected to is not asked", async () => {
  await expect(ask("rebound.example")).rejects.toThrow(OutboundError);
  expect(requests).toBe(0);
});

test("a name that may lead to this machine is asked by the address that was checked", async () => {
  const { status, body } = await ask("logs.localhost");
  await body?.cancel();
  expect([status, requests]).toEqual([200, 1]);
});
