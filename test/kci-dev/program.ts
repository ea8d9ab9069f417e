import { dirname, join } from "node:path";
import { installClient, type Ran, runProgram } from "../support/python-client.ts";

/** A Python program given as text: the client with another default address, which is its first argument. */
const WITH_DEFAULT = `
import sys, kcidev.libs.dashboard as dashboard
dashboard.DASHBOARD_API_DEFAULT = sys.argv.pop(1)
from kcidev.main import run
run()
`;

/** The released client as it is: the one KCI_DEV names, else installed in `folder`. */
export async function kciDevProgram(folder: string): Promise<string> {
  return await installClient({ setting: "KCI_DEV", requirements: ["kci-dev==0.1.12"], command: "kci-dev" }, folder);
}

/** Runs the client. `defaultApi` stands in for the address it asks when a command does not look at the settings. */
export async function run(program: string, args: readonly string[], cwd: string, defaultApi?: string): Promise<Ran> {
  const env = { ...process.env, NO_COLOR: "1", HOME: cwd };
  const python = join(dirname(program), "python");
  const [file, all] = defaultApi === undefined ? [program, args] : [python, ["-c", WITH_DEFAULT, defaultApi, ...args]];
  return await runProgram(file, all, { cwd, env });
}
