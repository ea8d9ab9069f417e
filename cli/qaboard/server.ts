import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import * as z from "zod";
import { encodeFilePath } from "../../functions/files/file-path.ts";
import { withoutTrailingSlashes } from "../../functions/formats/trailing-slashes.ts";

/** The option that names the server; the one of `npm start` unless given. */
export const serverUrl = z
  .url({ protocol: /^https?$/, error: "--server must be a URL" })
  .default(() => `http://127.0.0.1:${process.env.PORT ?? "8787"}/qaboard`)
  .transform(withoutTrailingSlashes);

const Uploads = z.object({ uploads: z.array(z.object({ path: z.string(), url: z.string() })) });
const Failure = z.object({ error: z.string() });

/** What a server has of a file. */
export type RemoteFile = { size: number; etag: string };

/** A server of QA-Board's API, and the token that may write to it. */
export type Server = {
  /** Base URL, as https://host/qaboard. */
  url: string;
  token: string | undefined;
};

const bearing = ({ token }: Server): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

/** What the server has under a path; undefined when that is nothing. */
export async function findRemote(server: Server, path: string): Promise<RemoteFile | undefined> {
  const answer = await fetch(`${server.url}/s${encodeFilePath(path)}`, {
    method: "HEAD",
    // A packed variant of it is another file.
    headers: { ...bearing(server), "accept-encoding": "identity" },
    redirect: "manual",
  });
  if (answer.status === 404 || answer.status === 301 || answer.headers.has("vary")) return undefined;
  if (!answer.ok) throw new Error(`the server answered ${answer.status} to HEAD ${path}`);
  const size = Number(answer.headers.get("content-length") ?? -1);
  return { size, etag: (answer.headers.get("etag") ?? "").replaceAll(/^W\/|"/g, "") };
}

/** URLs that take the files, by their paths. */
export async function prepareUploads(server: Server, files: { path: string; size: number }[]) {
  const answer = await fetch(`${server.url}/uploads`, {
    method: "POST",
    headers: { ...bearing(server), "content-type": "application/json" },
    body: JSON.stringify({ files }),
  });
  const body: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok)
    throw new Error(Failure.safeParse(body).data?.error ?? `the server answered ${answer.status} to uploads`);
  return new Map(Uploads.parse(body).uploads.map(({ path, url }) => [path, url]));
}

/** Sends a file's bytes to its URL. */
export async function upload(file: string, size: number, url: string): Promise<void> {
  const body = size === 0 ? new Uint8Array() : Readable.toWeb(createReadStream(file, { end: size - 1 }));
  const answer = await fetch(url, {
    method: "PUT",
    headers: { "content-length": String(size), "content-type": "application/octet-stream" },
    body: body as RequestInit["body"],
    duplex: "half",
  } as RequestInit);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`the store answered ${answer.status} to ${file}`);
}

/** Sends bytes to the URL of their file. */
export async function uploadBytes(bytes: Uint8Array, url: string): Promise<void> {
  const answer = await fetch(url, { method: "PUT", body: new Uint8Array(bytes) });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`the store answered ${answer.status} to ${new URL(url).pathname}`);
}

/** Posts a result as the `qa` client does. */
export async function postOutput(server: Server, body: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/output/`, {
    method: "POST",
    headers: { ...bearing(server), "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const told: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok)
    throw new Error(Failure.safeParse(told).data?.error ?? `the server answered ${answer.status} to an output`);
}
