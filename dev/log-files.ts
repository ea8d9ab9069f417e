import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

const KEPT_BYTES = 20 * 1024 * 1024;

/** One log file a part below a folder; a file that has grown large is put aside (`.1`) at the next start. */
export function openLogFiles(folder: string): (part: string, line: string) => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const opened = new Set<string>();
  return (part, line) => {
    const file = join(folder, `${part}.log`);
    if (!opened.has(file) && existsSync(file) && statSync(file).size > KEPT_BYTES) renameSync(file, `${file}.1`);
    opened.add(file);
    appendFileSync(file, `${stripVTControlCharacters(line)}\n`, { mode: 0o600 });
  };
}
