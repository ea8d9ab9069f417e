import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

export type Counts = { passed: number; failed: number };

/** A part of `npm test`: its command, about how long it takes on two cores, and how to read what it counted. */
export type Step = {
  name: string;
  seconds: number;
  command: string;
  args: readonly string[];
  counts(code: number, output: string): Counts;
};

/** Parts of the test files, each with a stack of its own; several, so that two lanes end at about the same time. */
const SHARDS = 6;

/** Every step, the longest first; `folder` takes reports. The check of the infrastructure brings packages of its own. */
export function listSteps(folder: string, withInfra: boolean): readonly Step[] {
  return [
    ...Array.from({ length: SHARDS }, (_, i) => shard(i + 1, folder)),
    ...["worker", "node"].map((mode) => ({
      name: `conformance, ${mode}`,
      seconds: 150,
      command: "npm",
      args: ["run", "conformance", "--", "--mode", mode],
      counts: asPrinted,
    })),
    ...(withInfra ? [{ name: "infra", seconds: 60, command: "npm", args: ["run", "infra"], counts: asPrinted }] : []),
    { name: "docs", seconds: 30, command: "npm", args: ["run", "docs:check"], counts: asPrinted },
    { name: "verify", seconds: 20, command: "npm", args: ["run", "verify"], counts: asOne },
    { name: "bundle", seconds: 10, command: "npm", args: ["run", "bundle"], counts: asOne },
  ];
}

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
});

function shard(number: number, folder: string): Step {
  const report = join(folder, `tests-${number}.json`);
  return {
    name: `tests ${number}/${SHARDS}`,
    seconds: 370,
    command: "vitest",
    args: [
      "run",
      `--shard=${number}/${SHARDS}`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    counts(code) {
      const { numPassedTests, numFailedTests, numFailedTestSuites } = VitestReport.parse(
        JSON.parse(readFileSync(report, "utf8")),
      );
      const failed = numFailedTests > 0 ? numFailedTests : numFailedTestSuites;
      return { passed: numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1) };
    },
  };
}

function asOne(code: number): Counts {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** The closing line `N passed, N failed`; a command that ended badly counts as a failure all the same. */
function asPrinted(code: number, output: string): Counts {
  const [, passed = "0", failed = "0"] =
    /^(\d+) passed, (\d+) failed$/m.exec(output.trimEnd().split("\n").at(-1) ?? "") ?? [];
  return { passed: Number(passed), failed: code === 0 ? Number(failed) : Math.max(Number(failed), 1) };
}
