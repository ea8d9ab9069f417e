import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { type Stack, startStack } from "../../../dev/stack.ts";
import { sign } from "../../support/github-delivery.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const LONG = { timeout: 120_000 };
const POISONED = join(import.meta.dirname, "poisoned.ts");
const DEAD_LETTER = join(import.meta.dirname, "../../../functions/ingest/dead-letter.ts");

async function poisonedStack(env: Readonly<Record<string, string>>): Promise<Stack> {
  const stack = await startStack({
    dataDir: temporaryFolder(),
    durable: false,
    visibilityTimeoutSeconds: 3,
    functions: { main: POISONED, deadLetter: DEAD_LETTER },
    consumer: "none",
    env: { RETRY_BASE_SECONDS: "0.2", ...env },
  });
  onTestFinished(() => stack.stop());
  return stack;
}

/** Sends signed pings and returns the links of their receipts. */
async function pings({ edgeUrl, githubSecret }: Stack, keys: readonly string[]): Promise<string[]> {
  const body = JSON.stringify({ zen: "Speak like a human." });
  return await Promise.all(
    keys.map(async (key) => {
      const response = await fetch(`${edgeUrl}/github/webhook`, {
        method: "POST",
        body,
        headers: {
          "content-type": "application/json",
          "x-github-event": "ping",
          "x-github-delivery": key,
          "x-hub-signature-256": sign(body, githubSecret),
        },
      });
      expect(response.status).toBe(200);
      return `${edgeUrl}${response.headers.get("location")}`;
    }),
  );
}

const keys = (count: number) => Array.from({ length: count }, () => randomUUID());

async function storedKeys({ databaseUrl }: Stack): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ key: string }>("select key from ledger.inbox order by key");
  await client.end();
  return rows.map(({ key }) => key);
}

async function receipt(link: string): Promise<{ status: string; reason?: string }> {
  return (await (await fetch(link)).json()) as { status: string; reason?: string };
}

test("a message whose reading never ends costs only itself, and is refused in the end", LONG, async () => {
  const stack = await poisonedStack({ READ_TIMEOUT_SECONDS: "2" });
  const good = keys(30);
  const [, hanging = ""] = await Promise.all([pings(stack, good), pings(stack, ["hang-1"]).then(([link]) => link)]);
  await stack.consumer.start();
  await expect.poll(() => storedKeys(stack), { timeout: 60_000 }).toEqual(good.toSorted());
  await expect
    .poll(() => receipt(hanging), { timeout: 60_000 })
    .toMatchObject({ status: "rejected", reason: "took longer than 2 s to read" });
});

test("a message whose reading takes all memory costs only itself, and is refused in the end", LONG, async () => {
  const stack = await poisonedStack({ READ_MEMORY_MB: "200" });
  const good = keys(20);
  const [, hoarding = ""] = await Promise.all([pings(stack, good), pings(stack, ["hoard-1"]).then(([link]) => link)]);
  await stack.consumer.start();
  await expect.poll(() => storedKeys(stack), { timeout: 60_000 }).toEqual(good.toSorted());
  await expect
    .poll(() => receipt(hoarding), { timeout: 60_000 })
    .toMatchObject({ status: "rejected", reason: "needed more than 200 MB to read" });
});

test("messages that end the whole function come back alone, so that the others are stored", LONG, async () => {
  const stack = await poisonedStack({});
  const good = keys(20);
  await pings(stack, ["die-1", "die-2", ...good]);
  await stack.consumer.start();
  await expect.poll(() => storedKeys(stack), { timeout: 90_000 }).toEqual(good.toSorted());
});
