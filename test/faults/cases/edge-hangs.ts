import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../fault.ts";

const LIVENESS_SECONDS = 2;

/** The self-host edge stands still under load; its supervisor kills it, starts another, and nothing accepted is lost. */
export const edgeHangs: Fault = {
  name: "edge-hangs",
  quick: true,
  stack: { mode: "node", livenessSeconds: LIVENESS_SECONDS },
  async run({ sender, load, pidOf }) {
    const sending = sender.send(load);
    await sleep(1_500);
    const stuck = pidOf("edge");
    process.kill(stuck, "SIGSTOP");
    await sending;
    return pidOf("edge") === stuck ? ["the edge that stood still was not replaced"] : [];
  },
};
