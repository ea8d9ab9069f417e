import type { Context } from "hono";
import { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Env } from "../../env.ts";

/** The answer to an address that nothing is served at, and to a fault of ours: a page, not JSON (contract part 01). */
export function errorPage(c: Context<Env>, status: 404 | 500): Response | Promise<Response> {
  const title = status === 404 ? "Not Found" : "Server Error";
  const said = status === 404 ? "Nothing is served at this address." : "Something went wrong on our side.";
  return page(c, title, html`<p>${said}</p>`, status);
}

/** An answer as a browser shows it: the JSON with what was asked and how it went. */
export async function pageOf(c: Context<Env>, name: string, answer: Response): Promise<Response> {
  const { pathname, search } = new URL(c.req.url);
  const text = await answer.text();
  const shown = html`<p><b>${c.req.method}</b> ${pathname + search}</p>
    <p>HTTP ${answer.status}</p>
    <pre>${readable(text)}</pre>`;
  const made = await page(c, name, shown, 200);
  const headers = new Headers(answer.headers);
  headers.set("content-type", made.headers.get("content-type") ?? "text/html");
  return new Response(made.body, { status: answer.status, headers });
}

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 4);
  } catch {
    return text;
  }
}

function page(
  c: Context<Env>,
  title: string,
  body: ReturnType<typeof html>,
  status: ContentfulStatusCode,
): Response | Promise<Response> {
  return c.html(
    html`<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>${title}</title></head>
  <body><h1>${title}</h1>${body}</body>
</html>`,
    status,
  );
}
