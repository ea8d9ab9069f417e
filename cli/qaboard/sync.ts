import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { parseFilePath } from "../../functions/files/file-path.ts";
import type { Output } from "../output.ts";
import { count, flag } from "../values.ts";
import { defineVerb } from "../verb.ts";
import { type LocalFile, listLocalFiles, md5Of } from "./local-files.ts";
import { findRemote, prepareUploads, type Server, serverUrl, upload } from "./server.ts";

/** Files that one request prepares uploads of. */
const PREPARED = 100;

const absolute = (option: string) =>
  z.string().transform((given, context) => {
    const path = parseFilePath(given);
    if (path !== undefined) return path;
    context.addIssue(`${option} must be an absolute path`);
    return z.NEVER;
  });

const Values = z.object({
  argument: z
    .string("name the folder")
    .min(1)
    .transform((folder) => resolve(folder)),
  server: serverUrl,
  as: absolute("--as").optional(),
  once: flag,
  every: count("--every").default(10),
  parallel: count("--parallel").default(4).pipe(z.number().max(64, "--parallel must be at most 64")),
});

/** Keeps the server's files as those of a folder. */
export const sync = defineVerb({
  name: "sync",
  summary: "upload what changed in a folder to a server's files",
  description:
    "Looks again and again unless told --once. Only files that differ by size or checksum are sent, so that the same command goes on where it was stopped. Nothing is ever deleted. RUNLEDGER_TOKEN is the token that may write.",
  argument: ["<folder>", "the folder, such as /mnt/qaboard"],
  options: [
    ["--server <url>", "QA-Board's API (default: http://127.0.0.1:$PORT/qaboard, PORT being 8787)"],
    ["--as <path>", "path of the folder on the server (default: its own)"],
    ["--once", "end when all is sent"],
    ["--every <seconds>", "pause before it looks again (default: 10)"],
    ["--parallel <n>", "uploads at the same time (default: 4)"],
  ],
  values: Values,
  async run({ argument: folder, server: url, as: to = folder, once, every, parallel }, output) {
    const server: Server = { url, token: process.env.RUNLEDGER_TOKEN || undefined };
    const sent = new Map<string, number>();
    for (;;) {
      const result = await syncOnce({ folder, to, server, parallel, sent }, output);
      if (once)
        return output.result(result, `${result.uploaded} of ${result.files} files uploaded, ${result.bytes} bytes.`);
      await sleep(every * 1_000);
    }
  },
});

type Turn = { folder: string; to: string; server: Server; parallel: number; sent: Map<string, number> };

/** Sends what is new or changed; `sent` remembers what needs no second look. */
async function syncOnce({ folder, to, server, parallel, sent }: Turn, output: Output) {
  const files = await listLocalFiles(folder);
  const news = files.filter(({ path, modifiedMs }) => sent.get(path) !== modifiedMs);
  const counts = { files: files.length, uploaded: 0, unchanged: files.length - news.length, bytes: 0 };
  const remotePath = (file: LocalFile) => `${to}/${file.path}`;
  for (let at = 0; at < news.length; at += PREPARED) {
    const page = news.slice(at, at + PREPARED);
    const changed: LocalFile[] = [];
    await inParallel(page, parallel, async (file) => {
      if (await isThere(server, remotePath(file), join(folder, file.path), file.size)) {
        sent.set(file.path, file.modifiedMs);
        counts.unchanged += 1;
      } else changed.push(file);
    });
    if (changed.length === 0) continue;
    const urls = await prepareUploads(
      server,
      changed.map((file) => ({ path: remotePath(file), size: file.size })),
    );
    await inParallel(changed, parallel, async (file) => {
      const url = urls.get(remotePath(file));
      if (url === undefined) throw new Error(`the server prepared no upload of ${file.path}`);
      await upload(join(folder, file.path), file.size, url);
      sent.set(file.path, file.modifiedMs);
      counts.uploaded += 1;
      counts.bytes += file.size;
      output.progress(`${counts.uploaded + counts.unchanged} of ${files.length} files, ${counts.bytes} bytes sent`);
    });
  }
  return counts;
}

async function isThere(server: Server, path: string, file: string, size: number): Promise<boolean> {
  const remote = await findRemote(server, path);
  return remote?.size === size && remote.etag === (await md5Of(file));
}

async function inParallel<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
