import { chmodSync, mkdirSync, statSync } from "node:fs";

/**
 * Makes a data folder when it is missing. Nobody else may look into it; started by root, PostgreSQL's borrowed account
 * must be able to pass through.
 */
export function openDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { mode } = statSync(folder);
  if (process.getuid?.() === 0 && (mode & 0o011) !== 0o011) chmodSync(folder, (mode & 0o777) | 0o011);
}
