import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { parseServedPath } from "../functions/files/file-path.ts";
import type { FileStore, OpenFile } from "../functions/files/file-store.ts";
import { folderFiles } from "../functions/files/folder-files.ts";
import { escapeXml, parseDeletedKeys } from "../functions/files/s3-listing.ts";
import { portOf } from "./ports.ts";

const PREFIX = "/files";
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export type FolderBucket = { url: string; port: number; stop(): Promise<void> };

/**
 * Local folders as a bucket on 127.0.0.1, for a Worker, which has no file system: as much of S3's protocol as
 * `functions/files/s3-files.ts` speaks, without signatures.
 */
export async function startFolderBucket(folders: readonly string[], port: number): Promise<FolderBucket> {
  const files = folderFiles(folders);
  const server = createServer((request, response) => {
    answer(files, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const bound = portOf(server);
  return {
    url: `http://127.0.0.1:${bound}/folders`,
    port: bound,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function answer(files: FileStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://folders");
  const below = url.pathname.replace(/^\/folders/, "");
  if (url.searchParams.has("list-type")) return await answerListing(files, url.searchParams, response);
  if (url.searchParams.has("delete")) {
    const keys = parseDeletedKeys(new TextDecoder().decode(await bodyOf(request)));
    await files.remove(keys.flatMap((key) => pathOf(`/${key}`) ?? []));
    return void response.writeHead(200).end("<DeleteResult/>");
  }
  const path = pathOf(below);
  if (path === undefined) return void response.writeHead(404).end();
  if (request.method === "PUT") return await store(files, path, request, response);
  const file = await files.open(path, {
    range: request.headers.range,
    ifNoneMatch: request.headers["if-none-match"],
    head: request.method === "HEAD",
  });
  if (file === undefined) return void response.writeHead(404).end();
  send(file, response);
}

function send({ status, headers, body }: OpenFile, response: ServerResponse): void {
  response.writeHead(status, Object.fromEntries(headers));
  if (body === null) return void response.end();
  // Node's type of a web stream and the Worker's are two declarations of one thing.
  const stream = Readable.fromWeb(body as unknown as NodeStream);
  stream.on("error", () => response.destroy()).pipe(response);
}

async function store(files: FileStore, path: string, request: IncomingMessage, response: ServerResponse) {
  const source = request.headers["x-amz-copy-source"];
  const from = typeof source === "string" ? pathOf(source.replace(/^\/folders/, "")) : undefined;
  if (from !== undefined) await files.copy(from, path);
  else await files.write(path, await bodyOf(request));
  response.writeHead(200).end(from === undefined ? "" : "<CopyObjectResult/>");
}

async function answerListing(files: FileStore, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const folder = `/${query.get("prefix") ?? ""}`.slice(PREFIX.length).replace(/(?<=[^/])\/$/, "");
  const after = query.get("continuation-token") ?? undefined;
  const limit = Number(query.get("max-keys") ?? 1_000);
  const page = await files.list(folder, { deep: !query.has("delimiter"), after, limit });
  const key = (path: string) => escapeXml(`${PREFIX.slice(1)}${path}`);
  const objects = page.files.map(
    ({ path, size, modified = "", etag = "" }) =>
      `<Contents><Key>${key(path)}</Key><Size>${size}</Size><LastModified>${modified}</LastModified><ETag>${escapeXml(etag)}</ETag></Contents>`,
  );
  const prefixes = page.folders.map((path) => `<CommonPrefixes><Prefix>${key(path)}/</Prefix></CommonPrefixes>`);
  const next = page.next === undefined ? "" : `<NextContinuationToken>${escapeXml(page.next)}</NextContinuationToken>`;
  response.writeHead(200, { "content-type": "application/xml" });
  response.end(`<ListBucketResult>${objects.join("")}${prefixes.join("")}${next}</ListBucketResult>`);
}

/** The path that a key names; undefined when it may not name one. */
function pathOf(key: string): string | undefined {
  return key.startsWith(`${PREFIX}/`) ? parseServedPath(key.slice(PREFIX.length)) : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error("the body is too large");
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
