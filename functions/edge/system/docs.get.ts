import { createRoute, z } from "@hono/zod-openapi";
import { pageHeaders, referencePage } from "../http/reference-page.ts";

/** The page people read. */
export const route = createRoute({
  method: "get",
  path: "/docs",
  operationId: "getDocs",
  summary: "API reference as a page",
  tags: ["Documentation"],
  middleware: pageHeaders,
  responses: { 200: { description: "the page", content: { "text/html": { schema: z.string() } } } },
});

/** Answers with the page. */
export const handler = referencePage({ url: "/openapi.json", title: "Runledger API" });
