import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { FUNCTIONS, type Functions } from "./pollers.ts";

const ENTRY = join(import.meta.dirname, "..", "consumer.ts");
const LONGEST_WAIT_MS = 5_000;

export type ConsumerChild = {
  /** Process id of the running consumer, undefined while there is none. */
  readonly pid: number | undefined;
  /** Sends a signal; a consumer that dies of it is started again. */
  kill(signal: NodeJS.Signals): void;
  /** Finishes the batch in hand, ends the process and keeps it ended. */
  stop(): Promise<void>;
  /** Starts it; resolves when it polls. */
  start(): Promise<void>;
  restart(): Promise<void>;
};

/** Keeps a consumer process running: one that dies is started again, later each time it fails to come up. */
export function consumerChild(options: {
  env: Readonly<Record<string, string>>;
  functions?: Functions | undefined;
  /** Takes each line of the process; `problem` marks what it wrote to stderr and its own end. */
  onLog: (line: string, problem: boolean) => void;
  /** Told each new process id, for the pid file. */
  onPid?: (pid: number) => void;
}): ConsumerChild {
  const { env, functions = FUNCTIONS, onLog } = options;
  let child: ChildProcess | undefined;
  let wanted = false;
  let waitMs = 100;
  let timer: NodeJS.Timeout | undefined;

  function spawnOnce(): ChildProcess {
    const started = fork(ENTRY, [functions.main, functions.deadLetter], {
      env: { ...(process.env.PATH === undefined ? {} : { PATH: process.env.PATH }), TZ: "UTC", ...env },
      // A group of its own: Ctrl-C in the terminal must not cut its batch.
      detached: true,
      execArgv: [],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    if (started.pid !== undefined) options.onPid?.(started.pid);
    forwardLines(started.stdout, (line) => onLog(line, false));
    forwardLines(started.stderr, (line) => onLog(line, true));
    started.once("message", () => {
      waitMs = 100;
    });
    started.once("exit", (code, signal) => {
      if (!wanted || child !== started) return;
      onLog(`consumer ended (${signal ?? code}), starting it again in ${waitMs} ms`, true);
      timer = setTimeout(() => {
        child = spawnOnce();
      }, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    });
    return started;
  }

  async function stop(): Promise<void> {
    wanted = false;
    clearTimeout(timer);
    const ending = child;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, "exit");
    ending.kill("SIGTERM");
    await ended;
  }

  async function start(): Promise<void> {
    wanted = true;
    clearTimeout(timer);
    if (child !== undefined && child.exitCode === null && child.signalCode === null) return;
    const started = spawnOnce();
    child = started;
    const failed = once(started, "exit").then(() => {
      throw new Error("the consumer did not come up");
    });
    await Promise.race([once(started, "message"), failed]);
    failed.catch(() => {});
  }

  return {
    get pid() {
      return child?.exitCode === null && child.signalCode === null ? child.pid : undefined;
    },
    kill(signal) {
      child?.kill(signal);
    },
    stop,
    start,
    async restart() {
      await stop();
      await start();
    },
  };
}

function forwardLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on("line", onLine);
}
