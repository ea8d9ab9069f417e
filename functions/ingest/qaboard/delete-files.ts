import { deleteFolder } from "../../files/delete-folder.ts";
import { DeleteFilesMessage } from "../../messages/delete-files.ts";
import { taskBody } from "../../messages/task-message.ts";
import { storableJson, textOf } from "../parse-body.ts";
import { parsed } from "../parsed.ts";
import { sendOn } from "../send-on.ts";
import type { Task } from "../tasks.ts";

const TURN_MS = 5_000;

/** Deletes what a deletion left of folders, for some seconds, and sends on what is left then. */
export const deleteFiles: Task = async (delivery, resources) => {
  const asked = parsed(DeleteFilesMessage, storableJson(textOf(delivery.body)));
  const end = performance.now() + TURN_MS;
  const left: string[] = [];
  for (const folder of asked.folders) {
    const mayGoOn = () => performance.now() < end;
    if (!mayGoOn() || !(await deleteFolder(resources.files, folder, asked.writtenUntil, mayGoOn))) left.push(folder);
  }
  if (left.length > 0) await sendOn(delivery, resources, { body: taskBody({ ...asked, folders: left }) });
};
