import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../fault.ts";
import { untilReady } from "../until-ready.ts";

const LIVENESS_SECONDS = 2;
/** The liveness time, a look at it each second, and the start of a process on a busy machine. */
const ANSWERS_WITHIN_MS = LIVENESS_SECONDS * 1_000 + 8_000;

/** The self-host edge stands still under load; its supervisor kills it, starts another, and nothing accepted is lost. */
export const edgeHangs: Fault = {
  name: "edge-hangs",
  quick: true,
  stack: { mode: "node", livenessSeconds: LIVENESS_SECONDS },
  async run({ stack, sender, load, pidOf }) {
    const sending = sender.send(load);
    await sleep(1_500);
    const stuck = pidOf("edge");
    const stopped = performance.now();
    process.kill(stuck, "SIGSTOP");
    await untilReady(stack.edgeUrl);
    const awayMs = performance.now() - stopped;
    await sending;
    return [
      ...(pidOf("edge") === stuck ? ["the edge that stood still was not replaced"] : []),
      ...(awayMs <= ANSWERS_WITHIN_MS ? [] : [`no request was answered for ${Math.round(awayMs)} ms`]),
    ];
  },
};
