import { operatorCommand } from "./operator-command.ts";

/** Runs a command of an operator as `npm run kernelci:<name> -- …` does; nobody answers questions. */
export function kernelciCommand(name: string, args: readonly string[], env: Record<string, string>) {
  return operatorCommand("kernelci", name, args, env);
}
