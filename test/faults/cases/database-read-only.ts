import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { Fault, Scene } from "../fault.ts";
import { keptIds } from "../ids.ts";
import { refuseInserts } from "../refusing-trigger.ts";

/** PostgreSQL takes no writes for a while, read-only at first, then as if its disk were full; reads go on. */
export const databaseReadOnly: Fault = {
  name: "database-read-only",
  quick: true,
  async run(scene) {
    const [wrong] = await Promise.all([refuseWrites(scene), scene.sender.send(scene.load)]);
    return wrong;
  },
};

/** Reads through the edge, past its caches, each of which asks the database. */
const READS = ["branches", "commits", "actions/runs"].map((list) => `/github/repos/foundry/works-1/${list}`);

/** Reads that are not answered with 200. */
async function unansweredReads(edgeUrl: string): Promise<string[]> {
  const headers = { "cache-control": "no-cache" };
  const answers = READS.map(async (path) => ({ path, answer: await fetch(`${edgeUrl}${path}`, { headers }) }));
  const wrong = (await Promise.all(answers)).filter(({ answer }) => answer.status !== 200);
  return wrong.map(({ path, answer }) => `${path} was answered with ${answer.status}`);
}

async function refuseWrites({ stack, pool, scale }: Scene): Promise<string[]> {
  // What is read must be there before.
  for (let tries = 0; tries < 100 && (await unansweredReads(stack.edgeUrl)).length > 0; tries += 1) await sleep(200);
  const ways = { "read-only": setReadOnly, "disk full": () => refuseInserts(pool, "ledger.inbox", "53100") };
  const wrong: string[] = [];
  for (const [name, refuse] of Object.entries(ways)) {
    const allow = await refuse(pool);
    // Transactions that began before may still commit.
    await sleep(500);
    const before = await keptIds(pool);
    const unanswered: string[] = [];
    for (const end = performance.now() + scale.outageMs / 2; performance.now() < end; await sleep(250))
      unanswered.push(...(await unansweredReads(stack.edgeUrl)));
    const after = await keptIds(pool);
    await allow();
    wrong.push(...unanswered.map((line) => `${name}: ${line}`));
    if (after.stored.size !== before.stored.size) wrong.push(`${name}: something was stored`);
    if (after.rejected.size + after.dead.size > 0) wrong.push(`${name}: something was given up`);
  }
  return wrong;
}

async function setReadOnly(pool: Pool): Promise<() => Promise<void>> {
  const set = async (value: "on" | "off") => {
    await pool.query(`alter system set default_transaction_read_only = ${value}`);
    await pool.query("select pg_reload_conf()");
  };
  await set("on");
  return () => set("off");
}
