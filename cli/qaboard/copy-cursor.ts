import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { COPIED_TABLES } from "../../db/render/qaboard/copied-tables.ts";

/** How far a copy is: the tables before `table` are done, and of it the rows up to the key `after`. */
const Cursor = z.object({ table: z.enum(COPIED_TABLES), after: z.string().optional() });
export type Cursor = z.infer<typeof Cursor>;

/** The file of the copy between two databases, whatever user reads them. */
export function cursorFile(dataDir: string, from: string, to: string): string {
  const place = (url: string) => {
    const { host, pathname } = new URL(url);
    return host + pathname;
  };
  const name = createHash("sha256")
    .update(`${place(from)} ${place(to)}`)
    .digest("hex")
    .slice(0, 16);
  return join(dataDir, `qaboard-copy-${name}.json`);
}

export function readCursor(file: string): Cursor | undefined {
  if (!existsSync(file)) return undefined;
  const cursor = Cursor.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!cursor.success) throw new Error(`${file} says nothing of a copy: remove it to copy from the start.`);
  return cursor.data;
}

/** Written beside and moved into place, so that it is never half of one. */
export function writeCursor(file: string, cursor: Cursor): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(cursor));
  renameSync(`${file}.new`, file);
}

export const removeCursor = (file: string): void => rmSync(file, { force: true });
