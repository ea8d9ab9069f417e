import { setTimeout as sleep } from "node:timers/promises";
import { expect, inject, test } from "vitest";
import { sign } from "../support/github-delivery.ts";
import { IREE, seeded } from "../support/github-reads.ts";
import { startNode } from "../support/node-process.ts";
import { openRaw, statuses, talk } from "../support/raw-http.ts";

seeded();
const { githubSecret } = inject("stack");
const BODY = '{"zen":"x"}';
const HEAD = [
  "POST /github/webhook HTTP/1.1",
  "Host: runledger.example",
  "Content-Type: application/json",
  "X-GitHub-Event: ping",
  "X-GitHub-Delivery: in-hand",
  `X-Hub-Signature-256: ${sign(BODY, githubSecret)}`,
  `Content-Length: ${BODY.length}`,
  "",
  "",
].join("\r\n");

test.each(["SIGTERM", "SIGINT"] as const)("it starts, answers, and ends with status 0 at %s", async (signal) => {
  const { child, url, output, exited } = await startNode("edge", { RELEASE: "2.0.0" });
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "ok", release: "2.0.0" });
  expect(await (await fetch(`${url}/ready`)).json()).toMatchObject({ status: "ready" });
  child.kill(signal);
  expect(await exited).toBe(0);
  expect(output.stderr).toBe("");
  const events = output.stdout.trimEnd().split("\n");
  expect(events.map((line) => JSON.parse(line).event)).toEqual(["listening", "request", "request", "stopped"]);
});

test("told to stop, it finishes the request in hand and takes no other", async () => {
  const { child, url, exited } = await startNode("edge");
  const inHand = await openRaw(url);
  inHand.socket.write(HEAD + BODY.slice(0, 4));
  await sleep(200);
  child.kill("SIGTERM");
  await expect.poll(() => fetch(`${url}/health`).catch(() => "refused")).toBe("refused");
  expect(child.exitCode).toBeNull();
  inHand.socket.write(BODY.slice(4));
  expect(await exited).toBe(0);
  expect(statuses(inHand.received())).toEqual([200]);
  expect(inHand.received()).toMatch(/\r\nlocation: \/deliveries\//i);
});

test("a connection is kept for many requests; an idle one does not hold up the end", async () => {
  const { child, url, exited } = await startNode("edge");
  const kept = await openRaw(url);
  for (const served of [1, 2, 3]) {
    kept.socket.write("GET /health HTTP/1.1\r\nHost: runledger.example\r\n\r\n");
    await expect.poll(() => statuses(kept.received())).toHaveLength(served);
  }
  expect(kept.received()).toMatch(/\r\nkeep-alive: timeout=75/i);
  const asked = performance.now();
  child.kill("SIGTERM");
  expect(await exited).toBe(0);
  expect(performance.now() - asked).toBeLessThan(5_000);
});

test("it ends when the supervisor that started it is gone", async () => {
  const { child, exited } = await startNode("edge");
  child.disconnect();
  expect(await exited).toBe(0);
});

test("a supervisor may run the cron job by hand", async () => {
  const { child } = await startNode("edge");
  const answer = new Promise((resolve) => child.once("message", resolve));
  child.send("scheduled");
  expect(await answer).toEqual({ task: "scheduled", failure: "" });
});

test("links carry the scheme that the public sees", async () => {
  for (const scheme of ["http", "https"]) {
    const { url } = await startNode("edge", { PUBLIC_SCHEME: scheme });
    const path = `/github${IREE}/actions/runs?per_page=1`;
    const answer = await talk(url, `GET ${path} HTTP/1.1\r\nHost: runledger.example\r\n\r\n`);
    expect(answer).toContain(`<${scheme}://runledger.example${path}&page=2>; rel="next"`);
  }
});
