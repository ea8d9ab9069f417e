import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../../dev/ports.ts";
import { PORTS } from "../../dev/settings.ts";
import { type Block, readBlocks } from "./blocks.ts";

/*
 * Runs the marked blocks of README and docs against `npm start` on ports and in a data folder of its own, the blocks of a page
 * one after the other in one shell, as somebody would who pastes them.
 */

const ROOT = join(import.meta.dirname, "../..");
const START = join(ROOT, "dev/start.mjs");
const STARTED = "Runledger is running";
const WAIT_MS = 120_000;
/** What a page may take. */
const PAGE_MS = 300_000;

const folder = mkdtempSync(join(tmpdir(), "runledger-docs-"));
const parts = Object.values(PORTS);
const ports = await freePorts(parts.length);
const env = {
  ...process.env,
  RUNLEDGER_DATA: join(folder, "data"),
  ...Object.fromEntries(parts.map(({ variable }, i) => [variable, String(ports[i])])),
};
const edgePort = ports[parts.indexOf(PORTS.edge)];

const stack = spawn(process.execPath, [START], { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] });
let failed = 0;
let passed = 0;
try {
  await untilStarted();
  for (const page of ["README.md", ...globSync("docs/**/*.md", { cwd: ROOT }).toSorted()]) await runPage(page);
} finally {
  stack.kill("SIGINT");
  await once(stack, "close");
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

async function untilStarted(): Promise<void> {
  const late = AbortSignal.timeout(WAIT_MS);
  let said = "";
  for await (const chunk of stack.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk;
    if (said.includes(STARTED)) return void stack.stdout.resume();
    if (late.aborted) break;
  }
  throw new Error(`npm start did not come up:\n${said}`);
}

async function runPage(page: string): Promise<void> {
  const blocks = readBlocks(join(ROOT, page));
  if (blocks.length === 0) return;
  const { code, printed } = await runShell(shellOf(blocks));
  const outputs = printed.split(/^@@ \d+ @@$/m).slice(1);
  for (const [i, { line, prints }] of blocks.entries()) {
    const output = outputs[i];
    const isLast = i === outputs.length - 1;
    const wrong =
      output === undefined
        ? "was not reached"
        : isLast && code !== 0
          ? `ended with ${code}`
          : prints !== undefined && !prints.test(output)
            ? `does not print ${prints}`
            : undefined;
    if (wrong === undefined) passed += 1;
    else failed += 1;
    console.log(`${page}:${line}: ${wrong ?? "as it says"}${wrong === undefined ? "" : `\n${output ?? ""}`}`);
  }
}

/** One script of all blocks: a command that fails, or a request that is refused, ends it. */
function shellOf(blocks: readonly Block[]): string {
  const texts = blocks.map(({ script }, i) => `echo; echo '@@ ${i} @@'\n${script.replaceAll(":8787", `:${edgePort}`)}`);
  return ["set -e -o pipefail", 'curl() { command curl -sS --fail-with-body "$@"; echo; }', ...texts].join("\n");
}

async function runShell(script: string): Promise<{ code: number | null; printed: string }> {
  const shell = spawn("bash", ["-c", script], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"], timeout: PAGE_MS });
  let printed = "";
  for (const stream of [shell.stdout, shell.stderr]) stream.on("data", (chunk) => (printed += chunk));
  const [code]: (number | null)[] = await once(shell, "close");
  return { code: code ?? null, printed };
}
