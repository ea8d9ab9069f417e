import type { RouteConfig } from "@hono/zod-openapi";
import type * as z from "zod";
import { createApp } from "../../functions/edge/app.ts";
import { isSchema } from "../../functions/edge/http/route.ts";

/** A response as it came over the wire. */
export type Received = { method: string; url: string; status: number; contentType: string; body: string };

type Documented = { method: string; path: string; pattern: RegExp; literals: number; route: RouteConfig };

/** What any route may answer, whatever it is for: another method, a full house, an address asked too often, a fault. */
const GENERAL = new Set([405, 429, 500, 503]);

let known: readonly Documented[] | undefined;

/** What a response breaks of its route's documentation; undefined when nothing, or when no route serves the address. */
export function findUndocumented(received: Received): string | undefined {
  const path = decodedPath(received.url);
  const documented = routeOf(received.method.toLowerCase(), path);
  if (documented === undefined) return undefined;
  const named = `${received.method} ${documented.path} answered ${received.status}`;
  const { responses } = documented.route;
  const response = responses[received.status] ?? responses.default;
  if (response === undefined) return GENERAL.has(received.status) ? undefined : `${named}, which is not documented`;
  const content = "content" in response ? response.content : undefined;
  const types = Object.keys(content ?? {});
  const type = received.contentType.split(";", 1)[0]?.trim() ?? "";
  if (received.body === "") return undefined;
  if (!types.includes(type) && !types.includes("*/*"))
    return `${named} as ${type || "no type"}, documented is ${types.join(", ") || "no body"}`;
  const media = content?.[type];
  const schema = media !== undefined && "schema" in media ? media.schema : undefined;
  if (type !== "application/json" || !isSchema(schema)) return undefined;
  const parsed = schema.safeParse(JSON.parse(received.body));
  return parsed.success ? undefined : `${named} with a body unlike its schema: ${issuesOf(parsed.error)}`;
}

/** A path as contracts write it, GitHub's without the prefix of Enterprise Server; one that is malformed stays as it is. */
function decodedPath(url: string): string {
  const pathname = new URL(url).pathname.replace(/^\/github\/api\/v3(?=\/)/, "/github");
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}

/** The route that serves an address: of several patterns the one with most of it written out. */
function routeOf(method: string, path: string): Documented | undefined {
  known ??= documentedRoutes();
  const fitting = known.filter((one) => one.method === method && one.pattern.test(path));
  return fitting.toSorted((a, b) => b.literals - a.literals)[0];
}

/** Names of paths whose values may hold slashes. */
const WITH_SLASHES = new Set(["{branch}", "{git_branch}", "{sha}"]);

function documentedRoutes(): Documented[] {
  return createApp().openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== "route") return [];
    const { route } = definition;
    const parts = route.path.split(/(\{\w+\})/).map((part) => {
      if (WITH_SLASHES.has(part)) return ".+";
      return part.startsWith("{") ? "[^/]+" : part.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    });
    const literals = route.path.replace(/\{\w+\}/g, "").length;
    return [{ method: route.method, path: route.path, pattern: new RegExp(`^${parts.join("")}$`), literals, route }];
  });
}

function issuesOf(error: z.ZodError): string {
  const [first, ...rest] = error.issues;
  const more = rest.length > 0 ? `, and ${rest.length} more` : "";
  return `${first?.path.join(".") || "(whole)"}: ${first?.message}${more}`;
}
