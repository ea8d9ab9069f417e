import { endOneBackend } from "../end-backend.ts";
import { writesUnderKills } from "../eosc-perf/under-kills.ts";
import type { Fault } from "../fault.ts";

/** PostgreSQL ends connections of the self-host edge within its writes: none is lost, double or half done. */
export const eoscPerfConnectionsCut: Fault = {
  name: "eosc-perf-connections-cut",
  quick: true,
  ...writesUnderKills(async ({ pool }) => {
    const ended = await Promise.all([1, 2, 3].map(() => endOneBackend(pool)));
    return Math.max(...ended);
  }),
};
