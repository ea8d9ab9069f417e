import { createInterface } from "node:readline/promises";
import { UsageError } from "./verb.ts";

/** Asks before something is lost. Where nobody can answer, only --yes will do. */
export async function confirmed(question: string, isSaid: boolean): Promise<boolean> {
  if (isSaid) return true;
  if (!process.stdin.isTTY) throw new UsageError(`${question} Say --yes to do it.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
