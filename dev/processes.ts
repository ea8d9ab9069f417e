import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether a process of that id exists (and is not a mere zombie), whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  if (!existsSync("/proc/self/stat")) return true;
  try {
    return stateAndParent(pid).state !== "Z";
  } catch {
    return false;
  }
}

/** The command line of a process, or "" when it is gone or hidden. */
export function commandLine(pid: number): string {
  try {
    if (existsSync("/proc/self/cmdline")) return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/**
 * What tells a process from a later one of the same number: its start time and command line; "" when it is gone. In a
 * container numbers come again at every start.
 */
export function processIdentity(pid: number): string {
  const command = commandLine(pid).trim();
  return command === "" ? "" : `${startTime(pid)} ${command}`;
}

/** Ids of the children of a process whose command line holds a word. */
export function childrenNamed(parent: number, word: string): number[] {
  return listProcesses()
    .filter((found) => found.parent === parent && commandLine(found.pid).includes(word))
    .map((found) => found.pid);
}

/** Waits until the process is gone; false when it still lives after that long. */
export async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  const end = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > end) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal; a process that is already gone is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function stateAndParent(pid: number): { state: string; parent: number } {
  const [state = "", parent = "0"] = statFields(pid);
  return { state, parent: Number(parent) };
}

/** Fields of /proc/<pid>/stat from the third on; the second, a name in brackets, may itself hold spaces and brackets. */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function startTime(pid: number): string {
  try {
    if (!existsSync("/proc/self/stat"))
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    // Clock ticks since boot, hence the boot's own id beside it.
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${statFields(pid)[19] ?? ""}`;
  } catch {
    return "";
  }
}

function listProcesses(): { pid: number; parent: number }[] {
  if (!existsSync("/proc/self/stat")) {
    const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
    return table
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number))
      .map(([pid = 0, parent = 0]) => ({ pid, parent }));
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [{ pid: Number(name), parent: stateAndParent(Number(name)).parent }];
      } catch {
        return [];
      }
    });
}
