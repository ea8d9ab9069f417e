import { z } from "@hono/zod-openapi";
import { parseFilePath } from "../../../files/file-path.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { answerError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { jsonResponse } from "../http/responses.ts";

const MAX_FILES = 1_000;
/** What S3 takes as one part. */
const MAX_FILE_BYTES = 5 * 1024 ** 3;
const MAX_SECONDS = 3_600;
/** Nothing is stored nearer to the root: such a folder is shared by all projects. */
const MIN_DEPTH = 3;

const File = z.strictObject({
  path: z
    .string()
    .max(2_000)
    .transform((given, context) => {
      const path = parseFilePath(given);
      const isDeepEnough = path !== undefined && path.split("/").length > MIN_DEPTH;
      if (path !== undefined && isDeepEnough && !given.endsWith("/")) return path;
      context.issues.push({ code: "custom", message: "must be an absolute path of a file", input: given });
      return z.NEVER;
    })
    .openapi({ type: "string", description: "absolute path of the file", example: "/mnt/qaboard/group/repo/out.txt" }),
  size: z.int().min(0).max(MAX_FILE_BYTES).openapi({ description: "bytes: the upload takes exactly so many" }),
});

const Body = z
  .strictObject({
    files: z.array(File).min(1).max(MAX_FILES),
    seconds: z.int().min(1).max(MAX_SECONDS).default(900).openapi({ description: "how long the URLs are good for" }),
  })
  .openapi("QaboardUploads");

const Upload = z.object({
  path: z.string(),
  method: z.literal("PUT"),
  url: z.string().openapi({ description: "takes the file's bytes, once or more often" }),
  headers: z.record(z.string(), z.string()).openapi({ description: "to be sent with it" }),
});
const Uploads = z.object({ uploads: z.array(Upload), expires_at: z.iso.datetime() }).openapi("QaboardPreparedUploads");

/** Gives URLs by which machines without credentials store files. */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/uploads",
    operationId: "prepareQaboardUploads",
    summary: "URLs for uploading files",
    tags: ["QA-Board files"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: {
      200: jsonResponse("the URLs, in the order of the files", Uploads),
      ...ERRORS,
      ...BODY_ERRORS,
      409: errorResponse("files are served from a folder of the server, which takes no uploads"),
    },
  },
  access: writer,
  handler: async (c, { body: { files, seconds } }) => {
    const expiresAt = new Date(Date.now() + seconds * 1_000).toISOString();
    const uploads: z.infer<typeof Upload>[] = [];
    for (const { path, size } of files) {
      const url = await c.env.files.uploadUrl(path, { sizeBytes: size, seconds });
      if (url === undefined) return answerError(c, 409, "Files are served from a folder here. Write them there.");
      uploads.push({ path, method: "PUT", url, headers: { "content-length": String(size) } });
    }
    return c.json({ uploads, expires_at: expiresAt }, 200);
  },
});
