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

async function refuseWrites({ pool, scale }: Scene): Promise<string[]> {
  await sleep(1_500);
  const ways = { "read-only": setReadOnly, "disk full": () => refuseInserts(pool, "ledger.inbox", "53100") };
  const wrong: string[] = [];
  for (const [name, refuse] of Object.entries(ways)) {
    const allow = await refuse(pool);
    // Transactions that began before may still commit.
    await sleep(500);
    const before = await keptIds(pool);
    await sleep(scale.outageMs / 2);
    const after = await keptIds(pool);
    await allow();
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
