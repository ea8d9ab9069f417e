import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, Scene } from "../fault.ts";

/** Queue and object store are away: receipts are refused with 503, and the sender comes again. */
export const queueRefused: Fault = {
  name: "queue-refused",
  quick: true,
  async run(scene) {
    await Promise.all([stopForAWhile(scene), scene.sender.send(scene.load)]);
    const refused = scene.sender.statuses.get(503) ?? 0;
    return refused > 0 ? [] : ["no receipt was refused although the queue was away"];
  },
};

async function stopForAWhile({ stack, scale }: Scene): Promise<void> {
  await sleep(1_500);
  await stack.emulator.stop();
  await sleep(scale.outageMs);
  await stack.emulator.start();
}
