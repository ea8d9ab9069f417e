import { parseFilePath } from "../../files/file-path.ts";
import { type FileStore, listAll } from "../../files/file-store.ts";
import { pathMatcher } from "../../files/path-glob.ts";
import { ExportMessage } from "../../messages/export-files.ts";
import { taskBody } from "../../messages/task-message.ts";
import { Rejection } from "../outcome.ts";
import { storableJson, textOf } from "../parse-body.ts";
import { parsed } from "../parsed.ts";
import { sendOn } from "../send-on.ts";
import type { Task } from "../tasks.ts";

const TURN_MS = 5_000;
/** Files of one output that are looked at. */
const MAX_FILES = 20_000;
const AT_ONCE = 8;

/** Copies the files of an export, output by output for some seconds, and sends on what is left then. */
export const exportFiles: Task = async (delivery, resources) => {
  const asked = parsed(ExportMessage, storableJson(textOf(delivery.body)));
  const to = parseFilePath(asked.exportFolder);
  if (to === undefined) throw new Rejection("the export's folder is none");
  const { files } = resources;
  for (const [name, text] of Object.entries(asked.notes))
    await files.write(`${to}/${name}`, new Uint8Array(new TextEncoder().encode(text)));
  const matches = pathMatcher(asked.path);
  const left = [...asked.entries];
  for (const end = performance.now() + TURN_MS; left.length > 0 && performance.now() < end; ) {
    const [entry] = left.splice(0, 1);
    if (entry !== undefined) await exportOne(files, entry, to, matches);
  }
  if (left.length > 0) await sendOn(delivery, resources, { body: taskBody({ ...asked, entries: left, notes: {} }) });
};

type Entry = ExportMessage["entries"][number];

async function exportOne(files: FileStore, entry: Entry, to: string, matches: (path: string) => boolean) {
  const folder = parseFilePath(entry.folder);
  if (folder === undefined) return;
  const { files: found } = await listAll(files, folder, MAX_FILES);
  const wanted = found.map(({ path }) => path.slice(folder.length + 1)).filter(matches);
  for (let at = 0; at < wanted.length; at += AT_ONCE)
    await Promise.all(
      wanted.slice(at, at + AT_ONCE).map(async (path) => {
        const target = parseFilePath(`${to}/${exportedName(path, entry.label)}`);
        if (target !== undefined) await files.copy(`${folder}/${path}`, target);
      }),
    );
}

/** A file's path as one name, with the label before its suffix. */
function exportedName(path: string, label: string): string {
  const name = path.replaceAll("/", "_");
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? `${name}${label}` : `${name.slice(0, dot)}${label}${name.slice(dot)}`;
}
