import type { ChildProcess } from "node:child_process";

/** Between two looks. */
const LOOK_MS = 500;

/** Whether a message says no more than that its sender is not stuck (functions/node/run-process.ts). */
export const isHeartbeat = (message: unknown) => typeof message === "object" && message !== null && "beat" in message;

/** Calls `onSilence` once when a child that is up sends nothing for so long. */
export function watchHeartbeat(child: ChildProcess, seconds: number, onSilence: () => void): void {
  let last: number | undefined;
  child.on("message", () => {
    last = performance.now();
  });
  const timer = setInterval(() => {
    if (last === undefined || performance.now() - last < seconds * 1_000) return;
    clearInterval(timer);
    onSilence();
  }, LOOK_MS);
  child.once("exit", () => clearInterval(timer));
}
