import { expect, inject, test } from "vitest";
import { deleteFolder } from "../../../functions/files/delete-folder.ts";
import { s3Objects } from "../../../functions/messages/object-store.ts";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import { packTask } from "../../../functions/messages/task-message.ts";
import { files, folderOf } from "../../support/qaboard-files.ts";
import { send } from "../../support/raw-queue.ts";

const { bucketUrl, queueUrl } = inject("stack");
const objects = s3Objects(bucketUrl, { region: "eu-central-1", accessKeyId: "x", secretAccessKey: "x" });
const left = async (folder: string) => (await files.list(folder, { deep: true })).files.length;

test("files that were written after a deletion stay", async () => {
  const folder = await folderOf({ "a.txt": "1" });
  expect(await deleteFolder(files, folder, new Date(Date.now() - 60_000).toISOString(), () => true)).toBe(true);
  expect(await left(folder)).toBe(1);
});

test("a deletion that is stopped says that something is left", async () => {
  const names = Array.from({ length: 1_001 }, (_, at) => [`${at}.txt`, "x"]);
  const folder = await folderOf(Object.fromEntries(names));
  const until = new Date(Date.now() + 1_000).toISOString();
  expect(await deleteFolder(files, folder, until, () => false)).toBe(false);
  expect(await left(folder)).toBe(1);
});

test("the consumer deletes what a message names", async () => {
  const folder = await folderOf({ "a.txt": "1", "sub/b.txt": "2" });
  const body = { v: 1, folders: [folder, "/mnt"], writtenUntil: new Date(Date.now() + 1_000).toISOString() };
  const id = newReceiptId();
  await send(queueUrl, await packTask({ id, source: "qaboard", kind: "delete-files", trace: "test", body }, objects));
  await expect.poll(() => left(folder), { timeout: 20_000 }).toBe(0);
});
