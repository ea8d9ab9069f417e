import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { openDataFolder } from "../data-folder.ts";
import { type Account, canEnter, requireOwner } from "./account.ts";
import type { Binaries } from "./binaries.ts";

/** A database cluster on disk and the password of its one role, `runledger`. */
export type Cluster = { folder: string; password: string };

/**
 * The cluster that belongs to a data folder, made at first use. It lives inside the data folder, or below /var/tmp when
 * the account can't enter that (a checkout in a private home). The password stays in the data folder (mode 0600).
 */
export async function openCluster(dataDir: string, binaries: Binaries, account: Account | undefined): Promise<Cluster> {
  openDataFolder(dataDir);
  const passwordFile = join(dataDir, "postgres-password");
  const folder = clusterFolder(dataDir, account);
  // A data folder that was deleted to begin anew takes its cluster elsewhere with it.
  if (!existsSync(passwordFile) && dirname(folder) !== realpathSync(dataDir))
    rmSync(folder, { recursive: true, force: true });
  if (existsSync(folder)) {
    if (existsSync(passwordFile)) return { folder, password: readFileSync(passwordFile, "utf8").trim() };
    throw new Error(`${passwordFile} is missing: put it back, or delete ${folder} and all that is stored in it`);
  }
  const password = randomBytes(24).toString("base64url");
  await initialise(folder, password, binaries, account);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  return { folder, password };
}

function clusterFolder(dataDir: string, account: Account | undefined): string {
  const home = realpathSync(dataDir);
  if (account === undefined || canEnter(account, home)) return join(home, "postgres");
  const key = createHash("sha256").update(home).digest("hex").slice(0, 12);
  const outside = join("/var/tmp", `runledger-${key}`);
  if (!existsSync(outside)) mkdirSync(outside, { mode: 0o711 });
  requireOwner(outside, 0);
  return join(outside, "postgres");
}

/** Runs initdb beside the final place and renames, so that an interrupted first start leaves nothing half made. */
async function initialise(folder: string, password: string, binaries: Binaries, account: Account | undefined) {
  const draft = join(dirname(folder), `${basename(folder)}.new`);
  const passwordFile = join(dirname(folder), "initial-password");
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== undefined) for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid);
  try {
    const options = ["-U", "runledger", "-A", "password", `--pwfile=${passwordFile}`, "--locale=C", "-E", "UTF8"];
    await run(binaries.initdb, ["-D", draft, ...options, "--no-sync", "--no-instructions"], account);
    renameSync(draft, folder);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

function run(program: string, args: string[], account: Account | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...account, cwd: "/", stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${basename(program)} failed (${code}): ${said.trim()}`));
    });
  });
}
