import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { logExcerptKey } from "../../../messages/log-excerpt.ts";
import type { Env } from "../../env.ts";
import { errorPage } from "../http/pages.ts";

/** Contract part 02, Log excerpts: where the references of stored excerpts lead. */
export const route = createRoute({
  method: "get",
  path: "/logexcerpt/{sum}/logexcerpt.txt.gz",
  operationId: "getKernelciLogExcerpt",
  summary: "A log excerpt, gzipped",
  tags: ["KernelCI submissions"],
  request: { params: z.object({ sum: z.string().openapi({ description: "SHA-256 of the text in hex" }) }) },
  responses: {
    200: { description: "the excerpt; it never changes", content: { "application/gzip": { schema: z.string() } } },
    404: { description: "no such excerpt", content: { "text/html": { schema: z.string() } } },
  },
});

/** Answers with the bytes as they are kept. */
export async function handler(c: Context<Env>): Promise<Response> {
  const sum = c.req.param("sum") ?? "";
  const bytes = /^[0-9a-f]{64}$/.test(sum) ? await c.env.objects.get(logExcerptKey(sum)) : undefined;
  if (bytes === undefined) return await errorPage(c, 404);
  return c.body(new Uint8Array(bytes), 200, {
    "content-type": "application/gzip",
    "cache-control": "public, max-age=31536000, immutable",
  });
}
