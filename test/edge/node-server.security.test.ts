import { execFileSync } from "node:child_process";
import { setInterval as every } from "node:timers/promises";
import { expect, inject, test } from "vitest";
import { readNodeConfig } from "../../functions/edge/node/config.ts";
import { startNode } from "../support/node-process.ts";
import { openRaw, type RawConnection, statuses } from "../support/raw-http.ts";

const MIB = 1_048_576;
const SIGNED = `X-Hub-Signature-256: sha256=${"0".repeat(64)}`;
const HOOK = `POST /github/webhook HTTP/1.1\r\nHost: x.example\r\nContent-Type: application/json\r\n${SIGNED}\r\n`;

/** Writes one piece of a text a tenth of a second until the connection is closed. */
async function trickle({ socket }: RawConnection, text: string): Promise<void> {
  let at = 0;
  for await (const _ of every(100)) {
    if (socket.destroyed || at >= text.length) return;
    socket.write(text.slice(at, at + 1));
    at += 1;
  }
}

test("callers that trickle headers or bodies are cut off, and hold up nobody meanwhile", async () => {
  const { url } = await startNode("edge", { REQUEST_TIMEOUT_SECONDS: "3" });
  const slow = await Promise.all(Array.from({ length: 200 }, () => openRaw(url)));
  const headers = slow.slice(0, 100);
  const bodies = slow.slice(100);
  for (const connection of headers) void trickle(connection, HOOK.repeat(5));
  for (const connection of bodies) {
    connection.socket.write(`${HOOK}Content-Length: 1000\r\n\r\n`);
    void trickle(connection, "x".repeat(1_000));
  }
  const asked = performance.now();
  for (let i = 0; i < 20; i += 1) expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(performance.now() - asked).toBeLessThan(2_000);
  const ages = await Promise.all(slow.map(({ closed }) => closed));
  expect(Math.min(...ages)).toBeGreaterThan(2_500);
  expect(Math.max(...ages)).toBeLessThan(10_000);
  for (const { received } of slow) expect(statuses(received())).toEqual([408]);
});

test("unless told otherwise a request has less than 30 s to arrive", () => {
  const { functionEnv } = inject("stack");
  const config = readNodeConfig({ ...functionEnv, RECEIPT_KEY: "x".repeat(16) });
  // The clock looks once a second.
  expect(config.REQUEST_TIMEOUT_SECONDS).toBeLessThanOrEqual(28);
});

test("many bodies of 26 MB are refused and not kept in memory", async () => {
  const { child, url } = await startNode("edge");
  const before = memoryOf(child.pid);
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOf(child.pid));
  }, 100);
  const body = new Uint8Array(26 * MIB).fill(120);
  const send = async () => (await fetch(`${url}/github/webhook`, { method: "POST", body })).status;
  expect(await Promise.all(Array.from({ length: 20 }, send))).toEqual(Array.from({ length: 20 }, () => 413));
  clearInterval(watch);
  // Twenty of them are 520 MiB.
  expect(peak - before).toBeLessThan(200 * MIB);
});

/** Bytes of memory a process holds. */
function memoryOf(pid: number | undefined): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1_024;
}
