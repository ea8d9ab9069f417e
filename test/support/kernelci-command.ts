import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Runs a command of an operator as `npm run kernelci:<name> -- …` does; nobody answers questions. */
export function kernelciCommand(name: string, args: readonly string[], env: Record<string, string>) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "../../cli/runledger.mjs"), "kernelci", name, ...args],
    {
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const told = { output: "" };
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      told.output += chunk.toString();
    });
  const ended = once(child, "close").then(([code, signal]) => ({ code: code ?? signal, output: told.output }));
  return { child, ended };
}
