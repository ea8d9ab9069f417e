import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { s3Files } from "../../functions/files/s3-files.ts";

const { bucketUrl, edgeUrl } = inject("stack");

/** The shared stack's files. */
export const files = s3Files(bucketUrl, { region: "eu-central-1", accessKeyId: "x", secretAccessKey: "x" });

/** A folder of the test's own, which holds these files. */
export async function folderOf(contents: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>): Promise<string> {
  const folder = `/mnt/qaboard/tests/${randomUUID()}`;
  for (const [name, content] of Object.entries(contents))
    await files.write(
      `${folder}/${name}`,
      typeof content === "string" ? new Uint8Array(Buffer.from(content)) : content,
    );
  return folder;
}

/** Asks for an address below /qaboard/s; redirects are not followed. */
export async function getFile(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return await fetch(`${edgeUrl}/qaboard/s${path}`, { method, headers, redirect: "manual" });
}
