import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, Scene } from "../fault.ts";

/** Postgres ends as in a crash and stays away; receipts go on as if nothing were. */
export const postgresStopped: Fault = {
  name: "postgres-stopped",
  quick: true,
  async run(scene) {
    await Promise.all([stopForAWhile(scene), scene.sender.send(scene.load)]);
    const others = [...scene.sender.statuses].filter(([status]) => status !== 200);
    return others.map(([status, count]) => `${count} receipts were answered with ${status} while Postgres was away`);
  },
};

async function stopForAWhile({ stack, pidOf, scale }: Scene): Promise<void> {
  await sleep(1_500);
  // SIGQUIT is its immediate shutdown; the stack is told to stop it in the same breath, so that it stays down.
  process.kill(pidOf("postgres"), "SIGQUIT");
  await stack.postgres.stop();
  await sleep(scale.outageMs);
  await stack.postgres.start();
}
