import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type * as z from "zod";

/**
 * The file that keeps how far a source's copy between two databases is, whatever user reads them; `choices` tell copies of
 * different things apart.
 */
export function cursorFile(
  dataDir: string,
  source: string,
  { from, to, choices = [] }: { from: string; to: string; choices?: readonly (string | number)[] },
): string {
  const place = (url: string) => {
    const { host, pathname } = new URL(url);
    return host + pathname;
  };
  const name = createHash("sha256")
    .update([place(from), place(to), ...choices].join(" "))
    .digest("hex")
    .slice(0, 16);
  return join(dataDir, `${source}-copy-${name}.json`);
}

export function readCursor<T>(file: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(file)) return undefined;
  const cursor = schema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!cursor.success) throw new Error(`${file} says nothing of a copy: remove it to copy from the start.`);
  return cursor.data;
}

/** Written beside and moved into place, so that it is never half of one. */
export function writeCursor(file: string, cursor: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(cursor));
  renameSync(`${file}.new`, file);
}

export const removeCursor = (file: string): void => rmSync(file, { force: true });
