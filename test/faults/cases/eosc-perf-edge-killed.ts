import { writesUnderKills } from "../eosc-perf/under-kills.ts";
import type { Fault } from "../fault.ts";

/** The self-host edge dies (SIGKILL) while people register, submit, decide and claim: no write is lost, double or half done. */
export const eoscPerfEdgeKilled: Fault = {
  name: "eosc-perf-edge-killed",
  quick: true,
  ...writesUnderKills(async ({ pidOf }) => {
    process.kill(pidOf("edge"), "SIGKILL");
    return 1;
  }),
};
