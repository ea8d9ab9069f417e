import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePorts } from "../../dev/ports.ts";
import { PORTS } from "../../dev/settings.ts";

/** The folder of the project. */
export const ROOT = join(import.meta.dirname, "../..");

const STARTED = "Runledger is running";
const WAIT_MS = 120_000;
const COMMAND_MS = 120_000;

/** `npm start` on ports and in a data folder of its own; `env` leads the project's commands to it. */
export type Started = {
  edgePort: number;
  dataDir: string;
  env: NodeJS.ProcessEnv;
  /** Runs an npm script of the project to its end and resolves with what it printed. */
  npmRun(...args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
};

/** Starts the stack as a reader of README does; throws with what it said when it does not come up. */
export async function npmStart(): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), "runledger-start-"));
  const dataDir = join(folder, "data");
  const parts = Object.values(PORTS);
  const ports = await freePorts(parts.length);
  const env = {
    ...process.env,
    RUNLEDGER_DATA: dataDir,
    ...Object.fromEntries(parts.map(({ variable }, i) => [variable, String(ports[i])])),
  };
  const stack = spawn(process.execPath, [join(ROOT, "dev/start.mjs")], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const late = setTimeout(() => stack.kill("SIGINT"), WAIT_MS);
  let said = "";
  for await (const chunk of stack.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk;
    if (said.includes(STARTED)) break;
  }
  clearTimeout(late);
  stack.stdout.resume();
  if (!said.includes(STARTED)) throw new Error(`npm start did not come up:\n${said}`);
  return {
    edgePort: ports[parts.indexOf(PORTS.edge)] ?? 0,
    dataDir,
    env,
    async npmRun(...args) {
      const run = promisify(execFile)("npm", ["run", "--silent", ...args], { cwd: ROOT, env, timeout: COMMAND_MS });
      return (await run).stdout.trim();
    },
    async stop() {
      stack.kill("SIGINT");
      await once(stack, "close");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
