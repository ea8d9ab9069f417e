import { z } from "@hono/zod-openapi";
import { html } from "hono/html";
import { anyone } from "../http/admin.ts";
import { ERRORS } from "../http/errors.ts";
import { defineRoute } from "../http/route.ts";

/** Where the `docs` of every error body points. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/docs/errors",
    operationId: "getErrorDocs",
    summary: "What each error code means",
    tags: ["Documentation"],
    responses: { 200: { description: "the page", content: { "text/html": { schema: z.string() } } } },
  },
  access: anyone,
  handler: async (c) => {
    const codes = Object.entries(ERRORS).map(
      ([code, meaning]) => html`<dt id="${code}"><code>${code}</code></dt><dd>${meaning}</dd>`,
    );
    const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Runledger: error codes</title></head>
<body>
<h1>Error codes</h1>
<p>An error body holds <code>code</code>, <code>message</code>, <code>requestId</code> and <code>docs</code>.
The compatible APIs answer in the shapes of their originals.</p>
<dl>${codes}</dl>
</body>
</html>`;
    return c.html(page, 200);
  },
});
