import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../fault.ts";

/** PostgreSQL, which syncs each commit, is killed (SIGKILL) under load and started again by the stack; no commit is lost. */
export const postgresKilled: Fault = {
  name: "postgres-killed",
  quick: true,
  async run({ sender, load, pool, pidOf }) {
    const sending = sender.send(load);
    await sleep(1_500);
    const killed = pidOf("postgres");
    process.kill(killed, "SIGKILL");
    await sending;
    const end = performance.now() + 60_000;
    while (performance.now() < end) {
      const isBack = await pool.query("select 1").then(
        () => true,
        () => false,
      );
      if (isBack) return pidOf("postgres") === killed ? ["PostgreSQL was not killed"] : [];
      await sleep(250);
    }
    return ["PostgreSQL did not come back within a minute"];
  },
};
