import { spawnSync } from "node:child_process";
import { lstatSync } from "node:fs";

/** Numeric user and group that PostgreSQL's processes run as. */
export type Account = { uid: number; gid: number };

/** The account to run PostgreSQL as: undefined = our own. PostgreSQL refuses root, so root borrows `postgres` or `nobody`. */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const uid = numericId("-u", name);
    const gid = numericId("-g", name);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error("PostgreSQL does not run as root, and this system has neither a `postgres` nor a `nobody` account");
}

/** Whether the account can run the program and enter the folder (a checkout below a 0700 home it can't). */
export function canRun(account: Account | undefined, program: string): boolean {
  return spawnSync(program, ["--version"], { ...account, cwd: "/", stdio: "ignore" }).status === 0;
}

/** Whether the account may enter the folder. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  if (account === undefined) return true;
  return spawnSync("/bin/sh", ["-c", 'cd "$0"', folder], { ...account, cwd: "/", stdio: "ignore" }).status === 0;
}

/** Refuses a folder in a place everyone may write to, unless it is a plain folder of the expected owner. */
export function requireOwner(folder: string, uid: number): void {
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== uid)
    throw new Error(`${folder} exists and belongs to someone else: remove it or have it removed`);
}

function numericId(flag: "-u" | "-g", name: string): number | undefined {
  const { status, stdout } = spawnSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return status === 0 && /^\d+\s*$/.test(stdout) ? Number(stdout) : undefined;
}
