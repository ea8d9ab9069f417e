import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";

type Counts = { passed: number; failed: number };

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
});

const folder = mkdtempSync(join(tmpdir(), "runledger-test-"));
const report = join(folder, "vitest.json");

type Step = { name: string; command: string; args: string[]; counts(code: number, output: string): Counts };

/** Each step of `npm test`: its command, and how to read what it counted. */
const STEPS: readonly Step[] = [
  { name: "verify", command: "npm", args: ["run", "verify"], counts: asOne },
  {
    name: "tests",
    command: "vitest",
    args: ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    counts(code) {
      const { numPassedTests, numFailedTests, numFailedTestSuites } = VitestReport.parse(
        JSON.parse(readFileSync(report, "utf8")),
      );
      const failed = numFailedTests > 0 ? numFailedTests : numFailedTestSuites;
      return { passed: numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1) };
    },
  },
  { name: "conformance", command: "npm", args: ["run", "conformance"], counts: asPrinted },
  { name: "bundle", command: "npm", args: ["run", "bundle"], counts: asOne },
  // Brings packages of its own, so only where it is asked for.
  ...(process.argv.includes("--infra")
    ? [{ name: "infra", command: "npm", args: ["run", "infra"], counts: asPrinted }]
    : []),
];

function asOne(code: number): Counts {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** The closing line `N passed, N failed`; a command that ended badly counts as a failure all the same. */
function asPrinted(code: number, output: string): Counts {
  const [, passed = "0", failed = "0"] =
    /^(\d+) passed, (\d+) failed$/m.exec(output.trimEnd().split("\n").at(-1) ?? "") ?? [];
  return { passed: Number(passed), failed: code === 0 ? Number(failed) : Math.max(Number(failed), 1) };
}

function run(command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      process.stdout.write(chunk);
      output = (output + chunk.toString()).slice(-10_000);
    });
    child.on("error", () => resolve({ code: 1, output }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

const total: Counts = { passed: 0, failed: 0 };
for (const { name, command, args, counts } of STEPS) {
  const started = Date.now();
  const { code, output } = await run(command, args);
  const { passed, failed } = counts(code, output);
  total.passed += passed;
  total.failed += failed;
  console.log(`\n== ${name}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s ==\n`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
