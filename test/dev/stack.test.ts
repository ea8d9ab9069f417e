import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { type Stack, type StackOptions, startStack } from "../../dev/stack.ts";
import { sign } from "../support/github-delivery.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const LONG = { timeout: 90_000 };

async function ownStack(options: StackOptions): Promise<Stack> {
  const stack = await startStack({ durable: false, visibilityTimeoutSeconds: 2, ...options });
  onTestFinished(() => stack.stop());
  return stack;
}

/** Sends a signed ping and tells its key and the answer's status. */
async function ping({ edgeUrl, githubSecret }: Stack): Promise<{ key: string; status: number }> {
  const body = JSON.stringify({ zen: "Speak like a human." });
  const key = randomUUID();
  const { status } = await fetch(`${edgeUrl}/github/webhook`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "ping",
      "x-github-delivery": key,
      "x-hub-signature-256": sign(body, githubSecret),
    },
  });
  return { key, status };
}

/** Keys of the deliveries that are stored; none while PostgreSQL is away. */
async function storedKeys({ databaseUrl }: Stack): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    return (await client.query<{ key: string }>("select key from ledger.inbox")).rows.map(({ key }) => key);
  } catch {
    return [];
  } finally {
    await client.end().catch(() => {});
  }
}

test("what was accepted is stored after a restart of the whole stack, under the same secrets", LONG, async () => {
  const dataDir = temporaryFolder();
  const first = await ownStack({ dataDir, consumer: "none" });
  const { key, status } = await ping(first);
  expect([status, first.emulator.inspect("runledger").ready]).toEqual([200, 1]);
  await first.stop();
  const second = await ownStack({ dataDir });
  expect([second.adminToken, second.githubSecret]).toEqual([first.adminToken, first.githubSecret]);
  await expect.poll(() => storedKeys(second), { timeout: 15_000 }).toEqual([key]);
});

test("each part can go away and come back, and nothing accepted is lost", LONG, async () => {
  const stack = await ownStack({ dataDir: temporaryFolder(), env: { RETRY_BASE_SECONDS: "0.2" } });
  const accepted: string[] = [];
  const send = async () => {
    const { key, status } = await ping(stack);
    if (status === 200) accepted.push(key);
    return status;
  };
  expect(await send()).toBe(200);

  await stack.postgres.stop();
  expect(await send()).toBe(200);
  await stack.postgres.start();

  const before = stack.consumer.pid;
  stack.consumer.kill("SIGKILL");
  expect(await send()).toBe(200);
  await expect.poll(() => stack.consumer.pid, { timeout: 5_000 }).not.toBe(before);

  await stack.emulator.stop();
  expect(await send()).toBe(503);
  await stack.emulator.start();
  expect(await send()).toBe(200);

  await stack.consumer.stop();
  expect(await send()).toBe(200);
  await stack.consumer.start();
  await expect.poll(async () => (await storedKeys(stack)).toSorted(), { timeout: 30_000 }).toEqual(accepted.toSorted());
  expect(accepted.length).toBe(5);
});

test("PostgreSQL that dies by itself is started again", LONG, async () => {
  const problems: string[] = [];
  const pids: number[] = [];
  const stack = await ownStack({
    dataDir: temporaryFolder(),
    durable: true,
    onPid: (part, pid) => part === "postgres" && pids.push(pid),
    onLog: (part, line, problem) => part === "postgres" && problem && problems.push(line),
  });
  process.kill(pids[0] ?? 0, "SIGKILL");
  await expect.poll(() => pids.length, { timeout: 20_000 }).toBe(2);
  const { key } = await ping(stack);
  await expect.poll(() => storedKeys(stack), { timeout: 20_000 }).toContain(key);
  expect(problems[0]).toContain("ended by itself");
});

test("a foreign PostgreSQL is used and left running", LONG, async () => {
  const other = await ownStack({ dataDir: temporaryFolder(), consumer: "none" });
  const stack = await ownStack({ dataDir: temporaryFolder(), databaseUrl: other.databaseUrl });
  const { key } = await ping(stack);
  await expect.poll(() => storedKeys(other), { timeout: 15_000 }).toContain(key);
  await stack.stop();
  expect(await storedKeys(other)).toContain(key);
});
