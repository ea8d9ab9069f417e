import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandLine, isAlive, signalProcess, waitUntilGone } from "../processes.ts";
import type { Account } from "./account.ts";

/** How PostgreSQL stops: fast = roll back and check-point, immediate = as in a crash. */
export type StopMode = "fast" | "immediate";

const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "wal_level=minimal",
  "max_wal_senders=0",
  "shared_buffers=256MB",
  "max_wal_size=2GB",
  "max_connections=60",
];
const NOT_DURABLE = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];

/** Starts the server in a process group of its own: Ctrl-C must not reach it before the consumer has finished. */
export function spawnPostgres(
  program: string,
  options: { folder: string; port: number; durable: boolean; account: Account | undefined; logFile: string },
): ChildProcess {
  const settings = [...SETTINGS, ...(options.durable ? [] : NOT_DURABLE), `port=${options.port}`];
  const args = ["-D", options.folder, ...settings.flatMap((setting) => ["-c", setting])];
  const log = openSync(options.logFile, "a", 0o600);
  try {
    return spawn(program, args, { ...options.account, cwd: "/", detached: true, stdio: ["ignore", log, log] });
  } finally {
    closeSync(log);
  }
}

/** Resolves once the server answers the 8 bytes of an SSLRequest; throws with the log's end when it exits instead. */
export async function waitUntilReady(child: ChildProcess, port: number, logFile: string): Promise<void> {
  let failure: string | undefined;
  child.once("error", (error) => {
    failure = error.message;
  });
  const end = Date.now() + 60_000;
  while (!(await answersSslRequest(port))) {
    if (child.exitCode !== null || child.signalCode !== null) failure ??= `exit ${child.exitCode ?? child.signalCode}`;
    if (Date.now() > end) failure ??= "no answer within 60 s";
    if (failure !== undefined) throw new Error(`PostgreSQL did not start: ${failure}\n${endOfLog(logFile)}`);
    await sleep(25);
  }
}

/** Stops a server and waits; one that hangs is stopped harder after 30 s and killed after 40 s. */
export async function stopPostgres(pid: number, mode: StopMode): Promise<void> {
  signalProcess(pid, mode === "fast" ? "SIGINT" : "SIGQUIT");
  if (await waitUntilGone(pid, 30_000)) return;
  signalProcess(pid, "SIGQUIT");
  if (await waitUntilGone(pid, 10_000)) return;
  signalProcess(pid, "SIGKILL");
  await waitUntilGone(pid, 10_000);
}

/** Ends the server a killed supervisor left behind on this cluster, and forgets a pid that now is another program's. */
export async function endLeftover(folder: string): Promise<void> {
  const pidFile = join(folder, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (Number.isInteger(pid) && isAlive(pid) && commandLine(pid).includes(folder)) await stopPostgres(pid, "fast");
  rmSync(pidFile, { force: true });
}

function answersSslRequest(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = Buffer.alloc(8);
    request.writeInt32BE(8, 0);
    request.writeInt32BE(80_877_103, 4);
    const socket = connect({ host: "127.0.0.1", port }, () => socket.write(request));
    const settle = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.once("data", () => settle(true));
    socket.once("error", () => settle(false));
    socket.once("close", () => settle(false));
    socket.setTimeout(2_000, () => settle(false));
  });
}

function endOfLog(logFile: string): string {
  return existsSync(logFile) ? readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-8).join("\n") : "";
}
