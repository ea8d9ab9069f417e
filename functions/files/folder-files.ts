import { createReadStream } from "node:fs";
import { copyFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { AnswerTooLarge } from "../outside/outbound.ts";
import { parseRange } from "./byte-range.ts";
import type { FileStore, OpenFile, StoredFile } from "./file-store.ts";
import { listFolder } from "./folder-listing.ts";
import { openFolders } from "./folder-paths.ts";

/**
 * The files of local folders under their own absolute paths: with `/mnt/qaboard` the path `/mnt/qaboard/a` is that very
 * file. Everything else is as if it were not there, whatever symbolic links say. Node only.
 */
export function folderFiles(folders: readonly string[]): FileStore {
  const { existing, placeFor } = openFolders(folders);

  async function fileAt(path: string): Promise<(StoredFile & { at: string }) | undefined> {
    const at = await existing(path);
    const found = at === undefined ? undefined : await stat(at).catch(() => undefined);
    if (at === undefined || !found?.isFile()) return undefined;
    const etag = `"${found.size.toString(16)}-${Math.trunc(found.mtimeMs).toString(16)}"`;
    return { at, path, size: found.size, modified: found.mtime.toISOString(), etag };
  }

  return {
    async open(path, { range, ifNoneMatch, head = false } = {}) {
      const file = await fileAt(path);
      if (file === undefined) return undefined;
      const { size, etag = "", modified = "" } = file;
      const headers = new Headers({ etag, "last-modified": new Date(modified).toUTCString() });
      if (ifNoneMatch === etag) return { status: 304, headers, body: null };
      const part = range === undefined ? undefined : parseRange(range, size);
      if (part === "outside") {
        headers.set("content-range", `bytes */${size}`);
        return { status: 416, headers, body: null };
      }
      const { start, end } = part ?? { start: 0, end: size - 1 };
      headers.set("content-length", String(end - start + 1));
      if (part !== undefined) headers.set("content-range", `bytes ${start}-${end}/${size}`);
      const body = head || end < start ? null : streamOf(file.at, start, end);
      return { status: part === undefined ? 200 : 206, headers, body };
    },
    async read(path, maxBytes) {
      const file = await fileAt(path);
      if (file === undefined) return undefined;
      if (file.size > maxBytes) throw new AnswerTooLarge(`the file is larger than ${maxBytes} bytes`);
      return new Uint8Array(await readFile(file.at));
    },
    async list(folder, { deep, after, limit = 1_000 }) {
      return await listFolder(folder, { deep, after, limit }, { existing, folders });
    },
    async write(path, bytes) {
      const place = await placeFor(path);
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, bytes);
    },
    async remove(paths) {
      for (const path of paths) {
        const file = await fileAt(path);
        if (file !== undefined) await rm(file.at, { force: true });
      }
    },
    async copy(from, to) {
      const file = await fileAt(from);
      if (file === undefined) return;
      const place = await placeFor(to);
      await mkdir(dirname(place), { recursive: true });
      await copyFile(file.at, place);
    },
    async uploadUrl() {
      return undefined;
    },
  };
}

function streamOf(at: string, start: number, end: number): OpenFile["body"] {
  // Node's type of a web stream and the Worker's are two declarations of one thing.
  return Readable.toWeb(createReadStream(at, { start, end })) as unknown as OpenFile["body"];
}
