import type { RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { RENDERERS, type Renderer } from "./negotiation.ts";

/** What a path names, percent-decoded. */
export type PathNames = Readonly<Record<string, string>>;

/** Answers a request whose method and media type are already known to fit; `renderer` is the one asked for. */
export type Handler = (c: Context<Env>, names: PathNames, renderer: Renderer) => Promise<Response> | Response;

/** What a route file exports; `renderers` only where answers are no JSON. */
export type RouteFile = { route: RouteConfig; handler: Handler; renderers?: readonly Renderer[] };

/**
 * One line of the table of contents: the path as the contract writes it (`{name}` without a slash, `{name...}` with
 * slashes), its file, and whether whole answers may be kept ("page") or not.
 */
export type Entry = readonly [path: string, file: RouteFile, cache: "page" | "none"];

/** A line that a path matched. */
export type Matched = {
  path: string;
  file: RouteFile;
  method: string;
  isKept: boolean;
  renderers: readonly Renderer[];
  names: PathNames;
};

/** Makes a function that finds the first line of the table that a path (without the slash in front) matches. */
export function matcherOf(table: readonly Entry[]): (path: string) => Matched | undefined {
  const lines = table.map(([path, file, cache]) => ({ path, file, cache, pattern: patternOf(path) }));
  return (asked) => {
    for (const { path, file, cache, pattern } of lines) {
      const found = pattern.exec(asked);
      if (found === null) continue;
      const { route, renderers = RENDERERS } = file;
      const method = route.method.toUpperCase();
      return { path, file, method, isKept: cache === "page", renderers, names: { ...found.groups } };
    }
    return undefined;
  };
}

/** `tree/{tree_name}/{git_branch...}` as an expression that matches whole paths. */
function patternOf(path: string): RegExp {
  const names = path.replace(/\{(\w+)(\.\.\.)?\}/g, (_, name: string, rest?: string) =>
    rest === undefined ? `(?<${name}>[^/]+)` : `(?<${name}>.+)`,
  );
  return new RegExp(`^${names}$`, "s");
}
