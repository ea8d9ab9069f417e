import { z } from "@hono/zod-openapi";
import { anyone } from "../http/admin.ts";
import { defineRoute } from "../http/route.ts";
import { STYLESHEET } from "./parts/stylesheet.ts";
import { comparable } from "./respond.ts";

/** How the pages look. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/pages.css",
    operationId: "getStylesheet",
    summary: "Stylesheet of the pages",
    tags: ["Pages"],
    middleware: comparable,
    responses: {
      200: { description: "the stylesheet", content: { "text/css": { schema: z.string() } } },
      304: { description: "it is as the caller has it (`If-None-Match`)" },
    },
  },
  access: anyone,
  handler: (c) =>
    c.body(STYLESHEET, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=300" }),
});
