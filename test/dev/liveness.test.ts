import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { type StackPart, startStack } from "../../dev/stack.ts";
import { sign } from "../support/github-delivery.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const LONG = { timeout: 90_000 };

/** A self-host stack that waits two seconds for a sign of life. */
async function watchedStack() {
  const pids = new Map<StackPart, number>();
  const lines: string[] = [];
  const stack = await startStack({
    mode: "node",
    dataDir: temporaryFolder(),
    durable: false,
    neonProxy: false,
    visibilityTimeoutSeconds: 2,
    livenessSeconds: 2,
    onPid: (part, pid) => pids.set(part, pid),
    onLog: (part, line) => lines.push(`${part}: ${line}`),
  });
  onTestFinished(() => stack.stop());
  const freeze = (part: StackPart) => process.kill(pids.get(part) ?? 0, "SIGSTOP");
  const ping = async (key: string) => {
    const body = JSON.stringify({ zen: "Speak like a human." });
    const { status } = await fetch(`${stack.edgeUrl}/github/webhook`, {
      method: "POST",
      body,
      signal: AbortSignal.timeout(2_000),
      headers: {
        "content-type": "application/json",
        "x-github-event": "ping",
        "x-github-delivery": key,
        "x-hub-signature-256": sign(body, stack.githubSecret),
      },
    });
    return status;
  };
  return { stack, lines, freeze, ping };
}

const ready = async (edgeUrl: string): Promise<unknown> => (await fetch(`${edgeUrl}/ready`)).json();

test("a consumer that is stuck is killed and started again, and /ready tells of it", LONG, async () => {
  const { stack, lines, freeze, ping } = await watchedStack();
  await expect.poll(() => ready(stack.edgeUrl), { timeout: 10_000 }).toMatchObject({ parts: { consumer: "ok" } });
  freeze("consumer");
  const key = randomUUID();
  expect(await ping(key)).toBe(200);
  await expect
    .poll(() => lines, { timeout: 10_000 })
    .toContain("consumer: consumer gave no sign of life for 2 s, killing it");
  const client = new Client({ connectionString: stack.databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  const stored = async () => (await client.query("select 1 from ledger.inbox where key = $1", [key])).rowCount;
  await expect.poll(stored, { timeout: 30_000 }).toBe(1);
  await expect
    .poll(() => ready(stack.edgeUrl), { timeout: 10_000 })
    .toMatchObject({ status: "ready", parts: { consumer: "ok" } });
});

test("an edge that is stuck is killed and started again, and takes deliveries as before", LONG, async () => {
  const { lines, freeze, ping } = await watchedStack();
  expect(await ping(randomUUID())).toBe(200);
  freeze("edge");
  await expect.poll(() => lines, { timeout: 10_000 }).toContain("edge: edge gave no sign of life for 2 s, killing it");
  await expect.poll(() => ping(randomUUID()).catch(() => 0), { timeout: 20_000 }).toBe(200);
});
