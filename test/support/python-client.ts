import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const INSTALL_TIMEOUT_MS = 10 * 60_000;
const RUN_TIMEOUT_MS = 120_000;

/** How a run of a client ended, with all it printed. */
export type Ran = { code: number; output: string };

/** A released client: the setting that names one that is there already, what pip installs, and its command. */
export type PythonClient = { setting: string; requirements: readonly string[]; command: string };

/**
 * The client's folder of programs: the one that its setting names, else that of a virtual environment in `folder`, with the
 * releases from PyPI. Throws when there is no Python that can make one.
 */
export async function installClient({ setting, requirements, command }: PythonClient, folder: string): Promise<string> {
  const named = process.env[setting];
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`${setting} names ${named}, which is not there`);
    return named;
  }
  const environment = join(folder, "python");
  await execute(process.env.PYTHON ?? "python3", ["-m", "venv", environment]);
  const bin = join(environment, process.platform === "win32" ? "Scripts" : "bin");
  const pip = ["-m", "pip", "install", "--quiet", ...requirements];
  await execute(join(bin, "python"), pip, { timeout: INSTALL_TIMEOUT_MS });
  return join(bin, command);
}

/** Runs a program; one that ends with another code than 0 has ended all the same. */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Ran> {
  return await new Promise((resolve, reject) => {
    execFile(file, args, { ...options, timeout: RUN_TIMEOUT_MS }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`;
      if (error === null) resolve({ code: 0, output });
      else if (typeof error.code === "number") resolve({ code: error.code, output });
      else reject(error);
    });
  });
}
