import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { isHeartbeat, watchHeartbeat } from "./heartbeat.ts";

const LONGEST_WAIT_MS = 5_000;

export type KeptChild = {
  /** Process id, undefined while there is none. */
  readonly pid: number | undefined;
  /** Sends a signal; a child that dies of it is started again. */
  kill(signal: NodeJS.Signals): void;
  /** Hands a message to the child when it is up. */
  tell(message: object): void;
  /** Hands a message to the child and resolves with its next one. */
  ask(message: string): Promise<unknown>;
  /** Lets it finish what is in hand, ends the process and keeps it ended. */
  stop(): Promise<void>;
  /** Starts it; resolves with the first message, by which it says that it is up. */
  start(): Promise<unknown>;
  restart(): Promise<void>;
};

export type KeptChildOptions = {
  /** What it is, for people. */
  name: string;
  entry: string;
  args?: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Takes each line of the process; `problem` marks what it wrote to stderr and its own end. */
  onLog: (line: string, problem: boolean) => void;
  /** Told each new process id, for the pid file. */
  onPid?: ((pid: number) => void) | undefined;
  /** A child that is up and gives no sign of life for so long is killed, and started again; unset for one that gives none. */
  livenessSeconds?: number | undefined;
  /** Told when a child that was up is not any more, and when it is again. */
  onUp?: ((isUp: boolean) => void) | undefined;
};

/** Keeps a Node process running: one that dies is started again, later each time it fails to come up. */
export function keptChild(options: KeptChildOptions): KeptChild {
  const { name, entry, args = [], env, onLog, onPid, livenessSeconds, onUp = () => {} } = options;
  let child: ChildProcess | undefined;
  let wanted = false;
  let cameUp = false;
  /** Which processes have said that they are up. */
  const up = new WeakSet<ChildProcess>();
  let waitMs = 100;
  let timer: NodeJS.Timeout | undefined;
  /** The first lines the process wrote to stderr. */
  const problems: string[] = [];

  function spawnOnce(): ChildProcess {
    const started = fork(entry, args, {
      env: { ...(process.env.PATH === undefined ? {} : { PATH: process.env.PATH }), TZ: "UTC", ...env },
      // A group of its own: Ctrl-C in the terminal must not cut what it has in hand.
      detached: true,
      execArgv: [],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    if (started.pid !== undefined) onPid?.(started.pid);
    forwardLines(started.stdout, (line) => onLog(line, false));
    problems.length = 0;
    forwardLines(started.stderr, (line) => {
      if (problems.length < 20) problems.push(line);
      onLog(line, true);
    });
    started.once("message", () => {
      cameUp = true;
      up.add(started);
      waitMs = 100;
      onUp(true);
    });
    if (livenessSeconds !== undefined)
      watchHeartbeat(started, livenessSeconds, () => {
        onLog(`${name} gave no sign of life for ${livenessSeconds} s, killing it`, true);
        started.kill("SIGKILL");
      });
    started.once("exit", (code, signal) => {
      // Who starts it is told of a first failure, and decides.
      if (!wanted || !cameUp || child !== started) return;
      onUp(false);
      onLog(`${name} ended (${signal ?? code}), starting it again in ${waitMs} ms`, true);
      timer = setTimeout(() => {
        child = spawnOnce();
      }, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    });
    return started;
  }

  const isRunning = (one: ChildProcess | undefined) => one?.exitCode === null && one.signalCode === null;

  async function stop(): Promise<void> {
    wanted = false;
    clearTimeout(timer);
    const ending = child;
    if (ending === undefined || !isRunning(ending)) return;
    const ended = once(ending, "exit");
    ending.kill("SIGTERM");
    await ended;
  }

  async function start(): Promise<unknown> {
    wanted = true;
    clearTimeout(timer);
    if (isRunning(child)) return undefined;
    const started = spawnOnce();
    child = started;
    return await firstMessage(started, () => `${name} did not come up\n${problems.join("\n")}`);
  }

  return {
    get pid() {
      return isRunning(child) ? child?.pid : undefined;
    },
    kill(signal) {
      child?.kill(signal);
    },
    tell(message) {
      if (child?.connected) child.send(message);
    },
    async ask(message) {
      if (child === undefined || !isRunning(child)) throw new Error(`${name} is not running`);
      const asked = child;
      // The first message of one that was started again says that it is up.
      if (!up.has(asked)) await firstMessage(asked, () => `${name} did not come up`);
      const answer = firstMessage(asked, () => `${name} ended`);
      asked.send(message);
      return await answer;
    },
    stop,
    start,
    async restart() {
      await stop();
      await start();
    },
  };
}

/** The child's next message; rejects when it ends, and all it wrote has arrived, instead. */
async function firstMessage(child: ChildProcess, why: () => string): Promise<unknown> {
  const over = new AbortController();
  const message = nextMessage(child, over.signal);
  const failed = once(child, "close", { signal: over.signal }).then(() => {
    throw new Error(why());
  });
  try {
    return await Promise.race([message, failed]);
  } finally {
    over.abort();
    for (const left of [message, failed]) left.catch(() => {});
  }
}

async function nextMessage(child: ChildProcess, signal: AbortSignal): Promise<unknown> {
  for (;;) {
    const [message]: unknown[] = await once(child, "message", { signal });
    if (!isHeartbeat(message)) return message;
  }
}

function forwardLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on("line", onLine);
}
