import { chmodSync, createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { openRunning } from "./running.ts";
import { type Counts, listSteps, type Step } from "./steps.ts";

/** Steps at one time: each has a stack of its own, which keeps about one core busy. */
const LANES = 2;

const folder = mkdtempSync(join(tmpdir(), "runledger-test-"));
// PostgreSQL runs as another user where this is root, and its data is below.
chmodSync(folder, 0o711);
const running = openRunning(folder);
const steps = listSteps(folder, process.argv.includes("--infra"));
const expected = steps.reduce((sum, { seconds }) => sum + seconds, 0) / LANES;
console.log(`${steps.length} steps, ${LANES} at a time; about ${Math.ceil(expected / 60)} minutes on two cores.`);
console.log("The log of a step is shown only when it fails.\n");

const total: Counts = { passed: 0, failed: 0 };
const waiting = [...steps];
let ended = 0;
await Promise.all(Array.from({ length: LANES }, runLane));
rmSync(folder, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

/** Runs steps one after the other for as long as there are any. */
async function runLane(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined && !running.isEnding; step = waiting.shift()) {
    const started = Date.now();
    const { code, log } = await runStep(step);
    const { passed, failed } = readCounts(step, code, log);
    total.passed += passed;
    total.failed += failed;
    ended += 1;
    if (failed > 0) console.log(`\n${log}\n`);
    const seconds = Math.round((Date.now() - started) / 1_000);
    console.log(`[${ended}/${steps.length}] ${step.name}: ${passed} passed, ${failed} failed, ${seconds} s`);
  }
}

/** What a step counted; one that ended without a report failed. */
function readCounts(step: Step, code: number, log: string): Counts {
  try {
    return step.counts(code, log);
  } catch {
    return { passed: 0, failed: 1 };
  }
}

async function runStep({ name, command, args }: Step): Promise<{ code: number; log: string }> {
  const file = join(folder, `${name.replaceAll(/\W+/g, "-")}.log`);
  const log = createWriteStream(file);
  const code = await new Promise<number>((resolve) => {
    const child = running.start(command, args);
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.on("error", () => resolve(1));
    child.on("close", (status) => resolve(status ?? 1));
  });
  // The folder is about to go, and the process with it.
  if (running.isEnding) return await new Promise(() => {});
  log.end();
  await finished(log);
  return { code, log: readFileSync(file, "utf8") };
}
