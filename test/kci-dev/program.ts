import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** The released client that is run, as it is. */
const RELEASE = "kci-dev==0.1.12";

const TIMEOUT_MS = 120_000;

/** How a run of the client ended, with all it printed. */
type Ran = { code: number; output: string };

/** A Python program given as text: the client with another default address, which is its first argument. */
const WITH_DEFAULT = `
import sys, kcidev.libs.dashboard as dashboard
dashboard.DASHBOARD_API_DEFAULT = sys.argv.pop(1)
from kcidev.main import run
run()
`;

/**
 * The client as a program: the one KCI_DEV names, else the release from PyPI in a virtual environment in `folder`. Throws
 * when there is no Python that can make one.
 */
export async function kciDevProgram(folder: string): Promise<string> {
  const named = process.env.KCI_DEV;
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`KCI_DEV names ${named}, which is not there`);
    return named;
  }
  const environment = join(folder, "python");
  await execute(process.env.PYTHON ?? "python3", ["-m", "venv", environment]);
  const bin = join(environment, process.platform === "win32" ? "Scripts" : "bin");
  await execute(join(bin, "python"), ["-m", "pip", "install", "--quiet", RELEASE], { timeout: 5 * TIMEOUT_MS });
  return join(bin, "kci-dev");
}

/**
 * Runs the client; one that ends with another code than 0 has ended all the same. `defaultApi` stands in for the address it
 * asks when a command does not look at the settings.
 */
export async function run(program: string, args: readonly string[], cwd: string, defaultApi?: string): Promise<Ran> {
  const env = { ...process.env, NO_COLOR: "1", HOME: cwd };
  const python = join(dirname(program), "python");
  const [file, all] = defaultApi === undefined ? [program, args] : [python, ["-c", WITH_DEFAULT, defaultApi, ...args]];
  return await new Promise((resolve, reject) => {
    execFile(file, all, { cwd, env, timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`;
      if (error === null) resolve({ code: 0, output });
      else if (typeof error.code === "number") resolve({ code: error.code, output });
      else reject(error);
    });
  });
}
