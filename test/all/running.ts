import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endLeftover } from "../../dev/postgres/process.ts";

/** How long steps may take to stop what they started. */
const GRACE_MS = 20_000;

/** Programs that run now, each in a process group of its own, and whether they are being ended. */
export type Running = { readonly isEnding: boolean; start(command: string, args: readonly string[]): ChildProcess };

/**
 * Starts programs whose temporary files are all in a folder. At Ctrl-C or SIGTERM they are asked to stop, ended if they do
 * not, and with them the PostgreSQL servers that they leave behind; then the folder goes, and the process ends with 130.
 */
export function openRunning(folder: string): Running {
  const children = new Set<ChildProcess>();
  let isEnding = false;
  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    for (const child of children) signalGroup(child, "SIGINT");
    for (const until = Date.now() + GRACE_MS; children.size > 0 && Date.now() < until; ) await sleep(50);
    for (const child of children) signalGroup(child, "SIGKILL");
    const databases = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith("postmaster.pid"),
    );
    await Promise.all(databases.map((file) => endLeftover(dirname(join(folder, file)))));
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end());
  const options: SpawnOptions = { detached: true, env: { ...process.env, TMPDIR: folder } };
  return {
    get isEnding() {
      return isEnding;
    },
    start(command, args) {
      const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
      children.add(child);
      child.on("close", () => children.delete(child));
      return child;
    },
  };
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It ended by itself.
  }
}
