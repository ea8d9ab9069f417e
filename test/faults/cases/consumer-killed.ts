import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { Fault, Scene } from "../fault.ts";
import { between } from "../random.ts";

/** The consumer dies (SIGKILL) again and again, each time within a transaction. */
export const consumerKilled: Fault = {
  name: "consumer-killed",
  quick: true,
  killsConsumer: true,
  visibilityTimeoutSeconds: 5,
  async run(scene) {
    const [wrong] = await Promise.all([killAgainAndAgain(scene), scene.sender.send(scene.load)]);
    return wrong;
  },
};

async function killAgainAndAgain({ stack, pool, random, scale }: Scene): Promise<string[]> {
  const end = performance.now() + scale.seconds * 2_000;
  let kills = 0;
  let last: number | undefined;
  while (kills < scale.kills && performance.now() < end) {
    await sleep(5);
    const { pid } = stack.consumer;
    if (pid === undefined || pid === last || !(await isStoring(pool))) continue;
    await sleep(between(random, 0, 25));
    stack.consumer.kill("SIGKILL");
    last = pid;
    kills += 1;
  }
  return kills === scale.kills ? [] : [`the consumer was killed ${kills} times instead of ${scale.kills}`];
}

async function isStoring(pool: Pool): Promise<boolean> {
  const { rowCount } = await pool.query(
    "select from pg_stat_activity where datname = current_database() and xact_start is not null and application_name <> 'faults'",
  );
  return (rowCount ?? 0) > 0;
}
