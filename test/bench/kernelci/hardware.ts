import { join } from "node:path";
import type { Stack } from "../../../dev/stack.ts";
import type { Report } from "../figures.ts";
import { openLoad } from "../load.ts";
import { spreadOf } from "../spread.ts";
import { compareSizes, type SizedRead, startSizedEdge } from "./sizes.ts";

const HARDWARE = "hardware/bcm2711-rpi-4-b";
const DAY_SECONDS = 86_400;
/** A week, as the dashboard asks for it: up to the start of tomorrow. */
const UNTIL = (Math.floor(Date.now() / 1_000 / DAY_SECONDS) + 1) * DAY_SECONDS;
const RANGE = { startTimestampInSeconds: String(UNTIL - 8 * DAY_SECONDS), endTimestampInSeconds: String(UNTIL) };
const BODY = JSON.stringify({ origin: "maestro", ...RANGE, selectedCommits: {}, filter: {} });

/** Bounded are the list and the summary; the other pages answer with rows. */
const READS: Readonly<Record<string, SizedRead>> = {
  "hardware list": { path: async () => `hardware/?origin=maestro&${new URLSearchParams(RANGE)}`, isBound: true },
  "hardware summary": { path: async () => `${HARDWARE}/summary`, body: BODY, isBound: true },
  "hardware full": { path: async () => HARDWARE, body: BODY, isBound: false },
  "hardware tests": { path: async () => `${HARDWARE}/tests`, body: BODY, isBound: false },
};

/** One board that 11,000 tests of the newest checkouts ran on. */
const BUSY_BOARD = { trees: 20, checkouts: 1, builds: 10, tests: 275 };
const TIMES = 200;

/** The reads behind the dashboard's pages of hardware, and a summary of 11,000 tests by itself. */
export async function benchKernelciHardware(stack: Stack, report: Report, folder: string): Promise<void> {
  await compareSizes({ stack, report, folder }, "kernelci-hardware", READS);
  const edge = await startSizedEdge(stack, BUSY_BOARD, join(folder, "busy-board"));
  const load = openLoad();
  try {
    const urls = [`${edge.edgeUrl}/kernelci/api/${HARDWARE}/summary`];
    const target = { kind: "read", urls, headers: {}, body: BODY } as const;
    await load.run(target, { loop: "turns", times: 20 });
    const { answers } = await load.run(target, { loop: "turns", times: TIMES });
    const { p50, p99 } = spreadOf(answers.map(({ ms }) => ms));
    report.add({
      part: "kernelci-hardware",
      mode: stack.mode,
      what: "summary of 11,000 tests",
      values: { "ms p50": p50, "ms p99": p99 },
      ratios: [{ of: "p50 to 10 ms", value: p50 / 10, atMost: 1 }],
    });
  } finally {
    await load.end();
    await edge.stop();
  }
}
