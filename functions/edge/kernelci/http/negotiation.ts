import type { Context } from "hono";
import type { Env } from "../../env.ts";

/** A way an answer can be written: its name in `?format=`, and its media type. */
export type Renderer = { format: string; type: string };

/** The usual two: JSON, and a page for people (contract part 01). */
export const RENDERERS: readonly Renderer[] = [
  { format: "json", type: "application/json" },
  { format: "api", type: "text/html" },
];

/** The renderer a caller asks for by `?format=` and `Accept`, or the status that says there is none. */
export function rendererFor(c: Context<Env>, renderers: readonly Renderer[]): Renderer | 404 | 406 {
  const format = new URL(c.req.url).searchParams.getAll("format").at(-1);
  const possible = format ? renderers.filter((one) => one.format === format) : renderers;
  if (possible.length === 0) return 404;
  const ranges = (c.req.header("accept") || "*/*").split(",").map((range) => range.split(";")[0]?.trim().toLowerCase());
  for (const rank of [2, 1, 0]) {
    const asked = ranges.filter((range) => range !== undefined && rankOf(range) === rank);
    const found = possible.find(({ type }) => asked.some((range) => covers(range ?? "", type)));
    if (found !== undefined) return found;
  }
  return 406;
}

/** What is exact goes before what is not. */
function rankOf(range: string): number {
  if (range === "*/*" || range === "*") return 0;
  return range.endsWith("/*") ? 1 : 2;
}

function covers(range: string, type: string): boolean {
  if (rankOf(range) === 0) return true;
  return range === type || (range.endsWith("/*") && type.startsWith(range.slice(0, -1)));
}
