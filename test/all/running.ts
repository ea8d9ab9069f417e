import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endLeftover } from "../../dev/postgres/process.ts";
import { signalProcess, waitUntilGone } from "../../dev/processes.ts";

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
    // What a test started in a group of its own, and what that starts meanwhile.
    for (let users = listUsers(folder); users.length > 0; users = listUsers(folder)) {
      for (const pid of users) signalProcess(pid, "SIGKILL");
      await Promise.all(users.map((pid) => waitUntilGone(pid, 2_000)));
    }
    await Promise.all(listDatabases(folder).map(endLeftover));
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
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

/** Folders of clusters below a folder; one that goes meanwhile is looked at no more. */
function listDatabases(folder: string): string[] {
  for (let tries = 0; tries < 10; tries += 1)
    try {
      const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
      return files.filter((file) => file.endsWith("postmaster.pid")).map((file) => dirname(join(folder, file)));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  return [];
}

/** Processes whose temporary files are in a folder, where the system tells (Linux). */
function listUsers(folder: string): number[] {
  if (!existsSync("/proc/self/environ")) return [];
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`TMPDIR=${folder}`);
    } catch {
      return false;
    }
  });
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It ended by itself.
  }
}
