import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, Scene } from "../fault.ts";
import { keptIds } from "../ids.ts";
import { refuseInserts } from "../refusing-trigger.ts";

/** Nothing can be stored for a while: every message goes back to the queue, none is taken off it. */
export const wholeBatchFails: Fault = {
  name: "whole-batch-fails",
  quick: false,
  async run(scene) {
    const [wrong] = await Promise.all([refuseForAWhile(scene), scene.sender.send(scene.load)]);
    return wrong;
  },
};

async function refuseForAWhile({ stack, pool, sender, scale }: Scene): Promise<string[]> {
  const wrong: string[] = [];
  for (const code of ["57014", "40001"]) {
    await sleep(1_500);
    const allow = await refuseInserts(pool, "ledger.inbox", code);
    const before = await keptIds(pool);
    await sleep(scale.outageMs / 2);
    const accepted = sender.statuses.get(200) ?? 0;
    const { ready, delayed, inFlight } = stack.emulator.inspect("runledger");
    const after = await keptIds(pool);
    await allow();
    const queued = ready + delayed + inFlight;
    if (after.stored.size !== before.stored.size) wrong.push(`${code}: something was stored`);
    if (after.rejected.size + after.dead.size > 0) wrong.push(`${code}: something was given up`);
    if (queued < accepted - after.stored.size)
      wrong.push(`${code}: ${queued} messages are queued of ${accepted - after.stored.size}`);
  }
  return wrong;
}
