import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isAlive } from "../../dev/processes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Ids of the PostgreSQL servers whose data is below a folder. */
function listServers(folder: string): number[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const lines = files
    .filter((file) => file.endsWith("postmaster.pid"))
    .map((file) => readFileSync(join(folder, file), "utf8").split("\n")[0]);
  return lines.map(Number).filter((pid) => pid > 0);
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "npm test that is ended by %s leaves no PostgreSQL and no folder behind",
  async (signal) => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o711);
    const env = { ...process.env, TMPDIR: folder, PATH: `${join(ROOT, "node_modules/.bin")}:${process.env.PATH}` };
    const child = spawn(process.execPath, [join(ROOT, "test/all/run.ts")], { cwd: ROOT, env, stdio: "ignore" });
    onTestFinished(() => void child.kill("SIGTERM"));
    const exited = once(child, "exit");
    await expect.poll(() => listServers(folder), { timeout: 90_000, interval: 100 }).not.toEqual([]);
    const servers = listServers(folder);
    child.kill(signal);
    expect(await exited).toEqual([130, null]);
    expect(servers.filter(isAlive)).toEqual([]);
    await expect.poll(() => readdirSync(folder)).toEqual([]);
  },
  180_000,
);
