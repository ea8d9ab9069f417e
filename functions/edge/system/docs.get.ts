import { z } from "@hono/zod-openapi";
import { anyone } from "../http/admin.ts";
import { pageHeaders, referencePage } from "../http/reference-page.ts";
import { defineRoute } from "../http/route.ts";

/** The page people read. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/docs",
    operationId: "getDocs",
    summary: "API reference as a page",
    tags: ["Documentation"],
    middleware: pageHeaders,
    responses: { 200: { description: "the page", content: { "text/html": { schema: z.string() } } } },
  },
  access: anyone,
  handler: referencePage({ url: "/openapi.json", title: "Runledger API" }),
});
