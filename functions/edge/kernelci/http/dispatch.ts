import type { Context } from "hono";
import { tryDecodeURIComponent } from "hono/utils/url";
import type { Env } from "../../env.ts";
import { detailed, jsonAnswer, refused } from "./answers.ts";
import { type Renderer, rendererFor } from "./negotiation.ts";
import { keptPage } from "./page-cache.ts";
import { errorPage, pageOf } from "./pages.ts";
import { type Entry, type Matched, matcherOf } from "./route-table.ts";

const PARSES = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];

/**
 * Makes the handler that serves a table of contents below `mount`: the path alone, decoded, decides on the route (the first
 * line that matches), and only then its method and media type are looked at (contract part 01).
 */
export function dispatch(mount: string, table: readonly Entry[]) {
  const match = matcherOf(table);
  return async (c: Context<Env>): Promise<Response> => {
    const path = tryDecodeURIComponent(c.req.path.slice(mount.length + 1));
    if (holdsNul(c, path)) return refused(c, "A text holds a character that cannot be stored.");
    const matched = match(path);
    if (matched !== undefined) return await answered(c, mount, matched);
    if (match(`${path}/`) !== undefined) return withSlash(c);
    return await errorPage(c, 404);
  };
}

async function answered(c: Context<Env>, mount: string, matched: Matched): Promise<Response> {
  const { file, path, renderers } = matched;
  c.set("logFields", { ...c.get("logFields"), route: `${mount}/${path}` });
  const renderer = rendererFor(c, renderers);
  if (renderer === 404) return detailed(c, 404, "Not found.");
  if (renderer === 406) return detailed(c, 406, "Could not satisfy the request Accept header.");
  const answer = await byMethod(c, matched, renderer);
  return renderer.format === "api" ? await pageOf(c, file.route.summary ?? path, answer) : answer;
}

async function byMethod(c: Context<Env>, matched: Matched, renderer: Renderer): Promise<Response> {
  const { file, method, isKept, names } = matched;
  const asked = c.req.method === "HEAD" ? "GET" : c.req.method;
  const methods = method === "GET" ? ["GET", "HEAD", "OPTIONS"] : [method, "OPTIONS"];
  if (asked === method) {
    const answer = async () => await file.handler(c, names, renderer);
    return isKept ? await keptPage(c, renderer, answer) : await answer();
  }
  c.header("allow", methods.join(", "));
  if (asked === "OPTIONS") return described(c, matched);
  return detailed(c, 405, `Method "${c.req.method}" not allowed.`);
}

/** What OPTIONS says of a route. */
function described(c: Context<Env>, { file: { route }, path, renderers }: Matched): Response {
  const { summary: name = path, description = "" } = route;
  const renders = renderers.map(({ type }) => type);
  return jsonAnswer(c, JSON.stringify({ name, description, renders, parses: PARSES }));
}

/** Sends a caller who left out the last slash to where it is. */
function withSlash(c: Context<Env>): Response {
  const { pathname, search } = new URL(c.req.url);
  return c.body(null, 301, { location: `${pathname}/${search}` });
}

function holdsNul(c: Context<Env>, path: string): boolean {
  return path.includes("\0") || new URL(c.req.url).searchParams.toString().includes("%00");
}
