import { createRoute, z } from "@hono/zod-openapi";
import { html, raw } from "hono/html";
import type { RouteFile } from "../http/route-table.ts";

const CDN = "https://cdn.jsdelivr.net/npm";

/** The two viewers: one release of each script, so that what runs changes only with ours. */
const VIEWERS = {
  "swagger-ui": {
    title: "Swagger UI",
    script: `${CDN}/swagger-ui-dist@5.29.0/swagger-ui-bundle.js`,
    style: `${CDN}/swagger-ui-dist@5.29.0/swagger-ui.css`,
    start: `SwaggerUIBundle({ url: "../?format=json", dom_id: "#viewer" });`,
  },
  redoc: {
    title: "ReDoc",
    script: `${CDN}/redoc@2.5.0/bundles/redoc.standalone.js`,
    style: undefined,
    start: `Redoc.init("../?format=json", {}, document.getElementById("viewer"));`,
  },
} as const;

/** Contract part 08: the description as a page. */
export function viewerRoute(name: keyof typeof VIEWERS): RouteFile {
  const { title, script, style, start } = VIEWERS[name];
  const route = createRoute({
    method: "get",
    path: `/schema/${name}/`,
    operationId: name === "redoc" ? "getKernelciSchemaRedoc" : "getKernelciSchemaSwaggerUi",
    summary: `Description of this interface in ${title}`,
    tags: ["KernelCI"],
    responses: { 200: { description: "a page", content: { "text/html": { schema: z.string() } } } },
  });
  return {
    route,
    renderers: [{ format: "html", type: "text/html" }],
    handler(c) {
      const nonce = crypto.randomUUID();
      c.header("content-security-policy", policy(nonce));
      return c.html(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>KernelCI Dashboard API</title>
    ${style === undefined ? "" : html`<link rel="stylesheet" href="${style}">`}
  </head>
  <body>
    <div id="viewer"></div>
    <script nonce="${nonce}" src="${script}"></script>
    <script nonce="${nonce}">${raw(start)}</script>
  </body>
</html>`);
    },
  };
}

/** Scripts by nonce, styles, and our own document; nothing from anywhere else. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${CDN}/ 'unsafe-inline'`,
    "img-src 'self' data:",
    "font-src data:",
    "worker-src blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
