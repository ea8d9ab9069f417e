import { setTimeout as sleep } from "node:timers/promises";
import { expect, inject, onTestFinished, test } from "vitest";
import { sign } from "../support/github-delivery.ts";
import { type NodeProcess, startNode } from "../support/node-process.ts";
import { openRaw } from "../support/raw-http.ts";

/* The self-host mode alone has a budget: a Worker's memory is the platform's business. */

const BUDGET = 1_000_000;
const HELD = 900_000;
const body = JSON.stringify({ zen: "x".repeat(200_000) });
const HEADERS = `Content-Type: application/json\r\nX-Hub-Signature-256: sha256=${"0".repeat(64)}\r\n`;

/** An edge with a small budget, most of which a sender holds who has stopped midway. */
async function occupied(): Promise<NodeProcess & { leave(): void }> {
  const edge = await startNode("edge", { EDGE_BODY_BUDGET_BYTES: String(BUDGET), KERNELCI_UNSIGNED: "accept" });
  const { socket } = await openRaw(edge.url);
  onTestFinished(() => void socket.destroy());
  socket.write(`POST /github/webhook HTTP/1.1\r\nHost: x\r\n${HEADERS}Content-Length: ${HELD + 1}\r\n\r\n`);
  socket.write("x".repeat(HELD));
  // Nothing tells from outside that it has come; a delivery meanwhile would take its room.
  await sleep(1_000);
  return { ...edge, leave: () => socket.destroy() };
}

function deliver(url: string, text = body): Promise<Response> {
  const signature = sign(text, inject("stack").githubSecret);
  const named = { "x-github-event": "ping", "x-github-delivery": crypto.randomUUID() };
  const headers = { "content-type": "application/json", "x-hub-signature-256": signature, ...named };
  return fetch(`${url}/github/webhook`, { method: "POST", body: text, headers });
}

test("a webhook for which there is no room is told when to come again, in that API's words", async () => {
  const { url } = await occupied();
  const answer = await deliver(url);
  expect([answer.status, answer.headers.get("retry-after"), await answer.json()]).toEqual([
    503,
    "2",
    { message: "Too many deliveries are being received; try again." },
  ]);
});

test("what fits beside it is taken, and all is once the other has gone", async () => {
  const { url, leave } = await occupied();
  expect((await deliver(url, "{}")).status).toBe(200);
  leave();
  await expect.poll(async () => (await deliver(url)).status).toBe(200);
});

test("a submission for which there is no room is told so in that API's words", async () => {
  const { url } = await occupied();
  const answer = await fetch(`${url}/kernelci/submit`, { method: "POST", body });
  expect([answer.status, answer.headers.get("retry-after"), JSON.parse(await answer.text())]).toEqual([
    503,
    "2",
    { id: "0", status: "error", message: "Too many submissions are being received; try again" },
  ]);
});

test("so is a question to the KernelCI API", async () => {
  const { url } = await occupied();
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/kernelci/api/issue/extras/`, { method: "POST", body, headers });
  expect([answer.status, answer.headers.get("retry-after"), await answer.json()]).toEqual([
    503,
    "2",
    { error: "Too many requests are being received." },
  ]);
});

test("a large submission takes from the budget only what is held of it", async () => {
  const { url } = await startNode("edge", { EDGE_BODY_BUDGET_BYTES: "6000000", KERNELCI_UNSIGNED: "accept" });
  const large = JSON.stringify({ version: { major: 5, minor: 3 }, checkouts: [], x: "y".repeat(5_000_000) });
  const chunked = () => ({ method: "POST", body: new Blob([large]).stream(), duplex: "half" }) as const;
  const answers = await Promise.all([1, 2, 3].map(() => fetch(`${url}/kernelci/submit`, chunked())));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
});
