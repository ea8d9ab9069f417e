import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { testPool } from "../support/database.ts";
import { deadDelivery, INSERT_DEAD } from "../support/replays-api.ts";

const pool = testPool();
const COMMAND = join(import.meta.dirname, "..", "..", "dev", "replay.ts");
const { edgeUrl, dataDir } = inject("stack");

/** Runs `npm run replay -- …` without npm, for the shared stack; nobody answers questions. */
async function run(...args: string[]): Promise<string> {
  const env = { ...process.env, RUNLEDGER_DATA: dataDir, PORT: new URL(edgeUrl).port };
  return (await promisify(execFile)(process.execPath, [COMMAND, ...args], { env })).stdout.trim();
}

async function deadOnes(count: number): Promise<string> {
  const reason = `too many connections ${randomUUID()}`;
  for (let n = 0; n < count; n += 1) await pool.query(INSERT_DEAD, [...(await deadDelivery(reason))]);
  return reason;
}
const deadLeft = async (reason: string) =>
  (await pool.query("select 1 from ledger.rejected where reason = $1 and state = 'dead'", [reason])).rowCount;

test("it says how many match, replays them and shows how far it is", async () => {
  const reason = await deadOnes(3);
  const said = await run("--state", "dead", "--source", "github", "--reason", reason, "--since", "2020-01-01", "--yes");
  expect(said.split("\n")[0]).toBe("3 deliveries match.");
  expect(said.split("\n").at(-1)).toBe("3 of 3 replayed");
  await expect.poll(() => deadLeft(reason), { timeout: 20_000 }).toBe(0);
});

test("a dry run, and a call that nobody can answer, start nothing", async () => {
  const reason = await deadOnes(1);
  expect(await run("--reason", reason, "--dry-run")).toBe("1 deliveries match.");
  await expect(run("--reason", reason)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
  expect(await deadLeft(reason)).toBe(1);
});

test("a filter that cannot be is told with the usage", async () => {
  const refused = { code: 2, stderr: expect.stringMatching(/state.*Usage: npm run replay/s) };
  await expect(run("--state", "done")).rejects.toMatchObject(refused);
});
