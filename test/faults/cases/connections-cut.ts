import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { startCuttingProxy } from "../cutting-proxy.ts";
import type { Fault } from "../fault.ts";

/** Connections to Postgres break at any point, commits included: cut on the way, or ended by the server. */
export const connectionsCut: Fault = {
  name: "connections-cut",
  quick: false,
  async between({ neon }, random) {
    const proxy = await startCuttingProxy(neon, random, 0.01);
    return { env: { NEON_LOCAL_PROXY: proxy.address }, stop: proxy.stop };
  },
  async run({ sender, load, pool }) {
    let over = false;
    const sending = sender.send(load).finally(() => {
      over = true;
    });
    let ended = 0;
    while (!over) {
      await sleep(300);
      ended += await endOneBackend(pool);
    }
    await sending;
    return ended > 0 ? [] : ["no connection was ended by the server"];
  },
};

async function endOneBackend(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name <> 'faults' and backend_type = 'client backend'
    order by xact_start is null, random() limit 1`);
  return rowCount ?? 0;
}
