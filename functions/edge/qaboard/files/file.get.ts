import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { contentTypeOf } from "../../../files/content-type.ts";
import { encodeFilePath, parseServedPath } from "../../../files/file-path.ts";
import type { OpenFile, OpenOptions } from "../../../files/file-store.ts";
import type { Env } from "../../env.ts";
import { defineRoute } from "../../http/route.ts";
import { sourceUrl } from "../../http/source-host.ts";
import { READ, reader } from "../http/access.ts";
import { answerError, ERRORS, errorResponse } from "../http/errors.ts";
import { rawResponse } from "../http/raw-response.ts";
import { answerListing } from "./folder-listing.ts";

/** Nothing that is shown may run, load or send anything. */
const POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors *";

const BYTES = { "application/octet-stream": { schema: z.string() } };

/** Streams a file, or lists a folder (contract section 12.1). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/s/{path...}",
    operationId: "getQaboardFile",
    summary: "A file, or with a slash at the end a folder",
    description:
      "`path` is an absolute path, its slashes as they are. `file.gz` is sent for `file` when only that exists. A folder is listed as HTML, or as JSON when `Accept` asks for that. What a browser could run is sent for saving.",
    tags: ["QA-Board files"],
    security: READ,
    request: {
      params: z.object({ path: z.string().openapi({ description: "absolute path", example: "mnt/qaboard/a.txt" }) }),
      query: z.object({
        after: z.string().max(4_000).optional().openapi({ description: "of a listing: where its next page begins" }),
      }),
      headers: z.object({
        range: z.string().optional().openapi({ description: "one range of bytes" }),
        "if-none-match": z.string().optional().openapi({ description: "the ETag of what is there already" }),
      }),
    },
    responses: {
      200: { description: "the file, or the folder's listing", content: BYTES },
      206: { description: "the range", content: BYTES },
      301: { description: "a folder that was asked for without its slash" },
      304: { description: "unchanged" },
      ...ERRORS,
      404: errorResponse("no such file or folder"),
      416: { description: "the range lies outside of the file" },
      503: errorResponse("the object store does not answer"),
    },
  },
  access: reader,
  handler: async (c, { query }) => {
    const encoded = c.req.path.replace(/^\/qaboard\/s(?=\/)/, "");
    const path = parseServedPath(encoded);
    if (path === undefined) return answerError(c, 400, "The path is not one that can be served.");
    if (encoded.endsWith("/")) return await answerListing(c, path, query.after);
    const { files } = c.env;
    const wanted = optionsOf(c);
    const file = await files.open(path, wanted);
    if (file !== undefined) return rawResponse(answerFile(path, file));
    const { range: _, ...whole } = wanted;
    const packed = await files.open(`${path}.gz`, whole);
    if (packed !== undefined) return rawResponse(answerPacked(c, path, packed));
    const below = await files.list(path, { deep: false, limit: 1 });
    if (below.files.length + below.folders.length === 0) return answerError(c, 404, "There is no such file or folder.");
    return c.redirect(`${sourceUrl(c.req.url, "qaboard")}/s${encodeFilePath(path)}/`, 301);
  },
});

function optionsOf(c: Context<Env>): OpenOptions {
  const range = c.req.header("range");
  // Whether a part that the caller has is of the same file is not looked at: he gets the whole.
  const isOneRange = range !== undefined && /^bytes=(\d+-\d*|-\d+)$/.test(range) && !c.req.header("if-range");
  return {
    head: c.req.method === "HEAD",
    range: isOneRange ? range : undefined,
    ifNoneMatch: c.req.header("if-none-match"),
  };
}

function answerFile(path: string, { status, headers, body }: OpenFile): Response {
  for (const [name, value] of headersOf(path)) headers.set(name, value);
  headers.set("accept-ranges", "bytes");
  return new Response(body, { status, headers });
}

/** Sends `file.gz` for `file`: as it is to those who take that, else unpacked on its way. */
function answerPacked(c: Context<Env>, path: string, { status, headers, body }: OpenFile): Response {
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(acceptedEncodings(c));
  for (const [name, value] of headersOf(path)) headers.set(name, value);
  headers.set("vary", "Accept-Encoding");
  if (takesGzip) {
    headers.set("content-encoding", "gzip");
    return new Response(body, { status, headers, encodeBody: "manual" } as ResponseInit);
  }
  headers.delete("content-length");
  headers.delete("etag");
  return new Response(body?.pipeThrough(new DecompressionStream("gzip")) ?? null, { status, headers });
}

/** What the caller takes; Cloudflare asks for more than that on its own behalf. */
function acceptedEncodings(c: Context<Env>): string {
  const { clientAcceptEncoding } = (c.req.raw.cf ?? {}) as { clientAcceptEncoding?: unknown };
  return typeof clientAcceptEncoding === "string" ? clientAcceptEncoding : (c.req.header("accept-encoding") ?? "");
}

function headersOf(path: string): [string, string][] {
  const { contentType, isActive } = contentTypeOf(path);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const saved = `attachment; filename*=UTF-8''${encodeFilePath(name)}`;
  return [
    ["content-type", contentType],
    ["x-content-type-options", "nosniff"],
    ["content-security-policy", POLICY],
    ["cache-control", "no-cache"],
    ...(isActive ? [["content-disposition", saved] as [string, string]] : []),
  ];
}
