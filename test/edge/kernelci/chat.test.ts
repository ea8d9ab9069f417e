import { afterAll, beforeEach, expect, inject, test } from "vitest";
import { pooledDatabase } from "../../../db/client.ts";
import { chatMessages } from "../../../db/schema/index.ts";
import { startDiscord } from "../../support/discord.ts";
import { ago } from "../../support/kernelci-notified.ts";
import { storeTexts } from "../../support/kernelci-seed.ts";
import { mailStackOfFile } from "../../support/mail-stack.ts";

const LONG = { timeout: 60_000 };
const WAIT = { timeout: 20_000, interval: 50 };
const HASH = "c".repeat(40);

const discord = await startDiscord();
afterAll(() => discord.stop());
const stackOfFile = mailStackOfFile({ KERNELCI_DISCORD_WEBHOOK_URL: discord.url, KERNELCI_CACHE_TIMEOUT: "0" });

beforeEach(async () => {
  const { pool, stack } = stackOfFile();
  await pool.query("delete from kernelci.chat_messages");
  for (const list of [discord.taken, discord.asked, discord.answers]) list.length = 0;
  const { db, end } = pooledDatabase(stack.databaseUrl, stack.neonProxy, 1);
  const checkout = { id: "maestro:bare", origin: "maestro", git_commit_hash: HASH, start_time: ago(1) };
  const build = { id: "maestro:failed", origin: "maestro", checkout_id: "maestro:other", status: "FAIL" };
  const tested = { id: "maestro:t", origin: "maestro", build_id: "maestro:failed", path: "boot", status: "PASS" };
  const objects = { version: { major: 5, minor: 3 }, checkouts: [checkout], builds: [build], tests: [tested] };
  await db.transaction((tx) => storeTexts(tx, [JSON.stringify(objects)]));
  await end();
  await pool.query("update kernelci.builds set status = 'FAIL' where id = 'maestro:failed'");
});

const read = async (path: string, init: RequestInit = {}) => {
  const answer = await fetch(`${stackOfFile().stack.edgeUrl}/kernelci/api/${path}`, init);
  await answer.arrayBuffer();
  return answer.status;
};

const chatRows = async () => {
  const { rows } = await stackOfFile().pool.query<{ state: string; last_error: string | null }>(
    "select state, last_error from ledger.outbox where channel = 'chat' order by created_at",
  );
  return rows;
};
const states = async () => (await chatRows()).map(({ state }) => state);

test("a checkout without builds is told once in ten minutes, with its address", LONG, async () => {
  for (let times = 0; times < 3; times += 1) expect(await read(`tree/${HASH}/full?origin=maestro`)).toBe(200);
  await expect.poll(() => discord.taken.length, WAIT).toBe(1);
  expect(await read(`tree/${HASH}/full?origin=maestro&x=@everyone`)).toBe(200);
  await expect.poll(() => states(), WAIT).toEqual(["sent", "sent"]);
  const { edgeUrl } = stackOfFile().stack;
  expect(discord.taken[0]).toEqual({
    content: `Found checkout without builds\nEndpoint:\n\`\`\`\n${edgeUrl}/kernelci/api/tree/${HASH}/full?origin=maestro\n\`\`\``,
    username: "KernelCI Dashboard Notifications",
    avatar_url: expect.stringMatching(/^https:/),
    allowed_mentions: { parse: [] },
  });
  expect(discord.taken).toHaveLength(2);
});

test("tests of a failed build are told, those of another are not", LONG, async () => {
  expect(await read("build/maestro:failed/tests")).toBe(200);
  await expect
    .poll(() => discord.taken.map(({ content }) => content.split("\n")[0]), WAIT)
    .toEqual(["Found tests for a failed build."]);
  await expect.poll(() => states(), WAIT).toEqual(["sent"]);
  await stackOfFile().pool.query("update kernelci.builds set status = 'PASS' where id = 'maestro:failed'");
  expect(await read("build/maestro:failed/tests?again")).toBe(200);
  expect(await states()).toEqual(["sent"]);
});

test("a response of 500 is told with its reason; one of 400 is not", LONG, async () => {
  const { pool } = stackOfFile();
  await pool.query("alter table kernelci.incidents rename to set_aside");
  try {
    const asked = { method: "POST", body: '{"issues": [["maestro:i", 1]]}' };
    expect(await read("issue/extras/", asked)).toBe(500);
  } finally {
    await pool.query("alter table kernelci.set_aside rename to incidents");
  }
  expect(await read("tree-report/")).toBe(400);
  await expect.poll(() => discord.taken.length, WAIT).toBe(1);
  const [{ content = "" } = {}] = discord.taken;
  expect(content).toMatch(
    /^Status 500\nReason:\n```\nInternal Server Error\n```\nEndpoint:\n```\nhttp.*\/issue\/extras\/\n/,
  );
  expect(content).toContain('Body:\n```\n{"issues": [["maestro:i", 1]]}\n```');
});

test("what a caller writes stays within its block, and within what a message may have", LONG, async () => {
  const text = encodeURIComponent(`\`\`\`@everyone <@1> [here](https://evil.example.org) ${"x".repeat(5_000)}`);
  expect(await read(`build/maestro:failed/tests?${text}`)).toBe(200);
  await expect.poll(() => states(), WAIT).toEqual(["sent"]);
  const [{ content = "", allowed_mentions = undefined } = {}] = discord.taken;
  expect(content.length).toBeLessThanOrEqual(2_000);
  expect(content.split("```")).toHaveLength(3);
  expect(allowed_mentions).toEqual({ parse: [] });
});

test("a limited webhook is asked again when it says, and loses nothing", LONG, async () => {
  discord.answers.push({ status: 429, body: '{"message":"limited","retry_after":1.5,"global":false}' });
  expect(await read("build/maestro:failed/tests?one")).toBe(200);
  expect(await read("build/maestro:failed/tests?two")).toBe(200);
  await expect.poll(() => states(), WAIT).toEqual(["sent", "sent"]);
  const [refused, taken] = discord.asked;
  expect([refused?.status, taken?.status]).toEqual([429, 204]);
  // Whole seconds, as the queue knows them, from the time of the database.
  expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThan(1_500);
  expect(discord.taken).toHaveLength(2);
});

test(
  "a webhook that fails is asked again; one that is gone is given up, and its address is not told",
  LONG,
  async () => {
    discord.answers.push({ status: 502 });
    expect(await read("build/maestro:failed/tests?down")).toBe(200);
    await expect.poll(() => states(), WAIT).toEqual(["sent"]);
    discord.answers.push({ status: 404 });
    expect(await read("build/maestro:failed/tests?gone")).toBe(200);
    await expect.poll(() => states(), WAIT).toEqual(["sent", "failed"]);
    expect((await chatRows())[1]?.last_error).toBe("the webhook answered 404");
    expect(stackOfFile().log.join("\n")).not.toContain("a-token");
  },
);

test("a flood of failures tells no more than sixty", LONG, async () => {
  for (let at = 0; at < 80; at += 10)
    await Promise.all(Array.from({ length: 10 }, (_, i) => read(`build/maestro:failed/tests?flood=${at + i}`)));
  await expect
    .poll(async () => (await states()).filter((state) => state === "sent").length, WAIT)
    .toBeGreaterThanOrEqual(60);
  // Some ten may be told at once.
  expect((await states()).length).toBeLessThan(70);
});

test("without a webhook nothing is noted", LONG, async () => {
  const { edgeUrl, databaseUrl, functionEnv } = inject("stack");
  const bare = { id: "maestro:unheard", origin: "maestro", git_commit_hash: "d".repeat(40), start_time: ago(1) };
  const { db: shared, end: ended } = pooledDatabase(databaseUrl, functionEnv.NEON_LOCAL_PROXY, 1);
  await shared.transaction((tx) =>
    storeTexts(tx, [JSON.stringify({ version: { major: 5, minor: 3 }, checkouts: [bare] })]),
  );
  await ended();
  const answer = await fetch(`${edgeUrl}/kernelci/api/tree/${bare.git_commit_hash}/full?origin=maestro`);
  expect(await answer.text()).toContain("No builds available");
  const { db, end } = pooledDatabase(databaseUrl, functionEnv.NEON_LOCAL_PROXY, 1);
  expect(await db.$count(chatMessages)).toBe(0);
  await end();
});
