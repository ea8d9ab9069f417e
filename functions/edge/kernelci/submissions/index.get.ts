import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { html } from "hono/html";
import type { Env } from "../../env.ts";

/** Contract part 02, the submit service. */
export const route = createRoute({
  method: "get",
  path: "/",
  operationId: "getKernelciIndex",
  summary: "A page about the submit service",
  tags: ["KernelCI submissions"],
  responses: { 200: { description: "the page", content: { "text/html": { schema: z.string() } } } },
});

/** Answers with the page. */
export function handler(c: Context<Env>): Response | Promise<Response> {
  return c.html(html`<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>KernelCI submissions</title></head>
  <body>
    <h1>KernelCI submissions</h1>
    <p>Results are sent as KCIDB JSON by <code>POST submit</code>; <code>GET status?id=…</code> tells what became of them.</p>
    <p><code>GET authtest</code> checks a token. The API of the dashboard is below <code>api/</code>.</p>
  </body>
</html>`);
}
