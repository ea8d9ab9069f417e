import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { inject, onTestFinished } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");

/** The entries of the self-host mode. */
export const ENTRIES = { edge: "functions/edge/node.ts", consumer: "functions/ingest/node.ts" } as const;

export type NodeProcess = {
  child: ChildProcess;
  /** Origin it listens on; "" for the consumer. */
  url: string;
  output: { stdout: string; stderr: string };
  /** Exit status, or the signal that ended it. */
  exited: Promise<number | NodeJS.Signals | null>;
};

/** Starts a process with exactly this environment; what is left of it ends with the test. */
export function spawnNode(entry: string, env: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const child = fork(join(ROOT, entry), args, {
    env: { PATH: process.env.PATH ?? "", ...env },
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.on("data", (chunk: Buffer) => {
      output[name] += chunk.toString();
    });
  const drained = [child.stdout, child.stderr].map((stream) => stream && once(stream, "end"));
  // "close" never comes once the channel to the child was closed from here.
  const exited = Promise.all([once(child, "exit"), ...drained]).then(([[code, signal]]) => code ?? signal);
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, output, exited };
}

/** Starts an entry of the self-host mode on the shared stack's parts and waits until it is up. */
export async function startNode(
  entry: keyof typeof ENTRIES,
  change: Readonly<Record<string, string>> = {},
): Promise<NodeProcess> {
  const { functionEnv, githubSecret } = inject("stack");
  const started = spawnNode(ENTRIES[entry], {
    ...functionEnv,
    GITHUB_WEBHOOK_SECRET: githubSecret,
    RECEIPT_KEY: "signs the receipts of one process",
    PORT: "0",
    ...change,
  });
  const { child, output, exited } = started;
  const ended = exited.then((status) => {
    throw new Error(`${entry} ended with ${status}: ${output.stderr}`);
  });
  const [message]: unknown[] = await Promise.race([once(child, "message"), ended]);
  ended.catch(() => {});
  const url = typeof message === "object" && message !== null && "up" in message ? String(message.up) : "";
  return { ...started, url };
}
