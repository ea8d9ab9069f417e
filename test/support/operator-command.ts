import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Runs `runledger <noun> <verb> …` as the npm scripts do; nobody answers questions. */
export function operatorCommand(noun: string, verb: string, args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../cli/runledger.mjs"), noun, verb, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const told = { output: "" };
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      told.output += chunk.toString();
    });
  const ended = once(child, "close").then(([code, signal]) => ({ code: code ?? signal, output: told.output }));
  return { child, ended };
}
