import { execFileSync } from "node:child_process";
import { expect, inject, onTestFinished, test } from "vitest";
import { startNode } from "../support/node-process.ts";
import { ownEdge } from "../support/own-edge.ts";
import { openRaw, statuses } from "../support/raw-http.ts";

const MIB = 1_048_576;
const closed = ownEdge(() => ({ KERNELCI_JWT_SECRET: "a secret of submitters" }));

const HOOK = "POST /github/webhook HTTP/1.1\r\nHost: x.example\r\nContent-Type: application/json\r\n";
const SUBMIT = "POST /kernelci/submit HTTP/1.1\r\nHost: x.example\r\nContent-Type: application/json\r\n";

/**
 * What is answered to headers and the first bytes of a body that then stops, and how soon. In front of the local Worker
 * stands a proxy that holds answers back until the body is through: there the Worker's own log says what it answered.
 */
async function answerTo(headers: string): Promise<{ status: number | undefined; ms: number }> {
  const { url, log } = closed();
  const { socket, received } = await openRaw(url);
  onTestFinished(() => void socket.destroy());
  const before = log.length;
  const sent = performance.now();
  socket.write(`${headers}\r\n${headers.includes("chunked") ? "5\r\n" : ""}first`);
  const logged = () => log.slice(before).flatMap((line) => /"event":"request".*"status":(\d+)/.exec(line)?.[1] ?? []);
  const found = () => (inject("stack").mode === "node" ? statuses(received()) : logged().map(Number));
  await expect.poll(() => found().length, { interval: 5, timeout: 5_000 }).toBe(1);
  return { status: found()[0], ms: performance.now() - sent };
}

test.each([
  ["a webhook without a signature", `${HOOK}Content-Length: 20000000\r\n`, 401],
  ["a webhook of no declared size without a signature", `${HOOK}Transfer-Encoding: chunked\r\n`, 401],
  ["a webhook whose signature is none", `${HOOK}X-Hub-Signature-256: sha1=00\r\nContent-Length: 20000000\r\n`, 401],
  ["a webhook that declares too much", `${HOOK}Content-Length: 26214401\r\n`, 413],
  ["a webhook that is no JSON", `${HOOK.replace("json", "xml")}Content-Length: 20000000\r\n`, 415],
  ["a submission without a token", `${SUBMIT}Content-Length: 20000000\r\n`, 401],
  ["a submission with a token of nobody", `${SUBMIT}Authorization: Bearer x.y.z\r\nContent-Length: 20000000\r\n`, 401],
])("%s is refused at once, while its body is still to come", async (_, headers, status) => {
  const answer = await answerTo(headers);
  expect(answer.status).toBe(status);
  expect(answer.ms).toBeLessThan(2_000);
});

test("who sends all of a large body first sees the answer too", async () => {
  const body = new Uint8Array(20 * MIB).fill(120);
  const headers = { "content-type": "application/json" };
  for (let i = 0; i < 5; i += 1) {
    const answer = await fetch(`${closed().url}/github/webhook`, { method: "POST", body, headers });
    expect([answer.status, await answer.json()]).toEqual([401, { message: "The signature is missing or wrong." }]);
    expect((await fetch(`${closed().url}/health`)).status).toBe(200);
  }
});

test("five hundred senders of unsigned bodies are all answered, and nothing of theirs is kept in memory", async () => {
  const { child, url } = await startNode("edge");
  const before = memoryOf(child.pid);
  const senders = await Promise.all(Array.from({ length: 500 }, () => openRaw(url)));
  onTestFinished(() => {
    for (const { socket } of senders) socket.destroy();
  });
  const piece = "x".repeat(MIB);
  for (const { socket } of senders) socket.write(`${HOOK}Content-Length: ${20 * MIB}\r\n\r\n${piece}`);
  const answered = () => senders.filter(({ received }) => statuses(received())[0] === 401).length;
  await expect.poll(answered, { timeout: 20_000 }).toBe(500);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(memoryOf(child.pid) - before).toBeLessThan(200 * MIB);
});

test("the connection of who goes on sending after the answer is closed, and told nothing more", async () => {
  const { url } = await startNode("edge", { REQUEST_TIMEOUT_SECONDS: "3" });
  const { socket, received, closed: ended } = await openRaw(url);
  socket.write(`${HOOK}Content-Length: 20000000\r\n\r\n`);
  const trickle = setInterval(() => socket.write("x"), 100);
  const age = await ended;
  clearInterval(trickle);
  expect(age).toBeLessThan(12_000);
  expect(statuses(received())).toEqual([401]);
});

test("a body of no declared size that passes the limit midway is answered 413", async () => {
  const { edgeUrl } = inject("stack");
  const { socket, received } = await openRaw(edgeUrl);
  onTestFinished(() => void socket.destroy());
  const size = 27 * MIB;
  const chunk = `${size.toString(16)}\r\n${"x".repeat(size)}\r\n0\r\n\r\n`;
  socket.write(`${HOOK}X-Hub-Signature-256: sha256=${"0".repeat(64)}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}`);
  await expect.poll(() => statuses(received()), { timeout: 20_000 }).toEqual([413]);
});

/** Bytes of memory a process holds. */
function memoryOf(pid: number | undefined): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1_024;
}
