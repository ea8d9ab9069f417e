import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import type { Env } from "../env.ts";

/** Routes at an address of their own. */
export type Mount = { path: string; routes: () => OpenAPIHono<Env> };

/** What the edge needs to know of a source; `edge/sources.ts` lists them, and nothing else names them. */
export type Source = {
  /** Its first mount is `/<name>`; a host that starts with `<name>.` serves that mount at the root. */
  name: string;
  mounts: readonly Mount[];
  /** Path below the first mount where a receipt leads: a list of what is stored, or a page that says where it is read. */
  listing: string;
  /** Paths that take signed deliveries; what is wrong with one of these is answered 401. */
  receipts?: readonly string[];
  /** Bearer security schemes of the OpenAPI document: name and description. */
  securitySchemes: Readonly<Record<string, string>>;
  /** Headers for pages of other origins at every address of the source; a source may set them on its routes instead. */
  crossOrigin?: MiddlewareHandler<Env>;
  /** Rewrites a path below the mount before it is routed. */
  rewritePath?: (path: string, headers: Headers) => string;
  /** Errors at addresses and methods that the source does not serve; ours unless the source has a shape of its own. */
  notFound?: (c: Context<Env>) => Response;
  methodNotAllowed?: (c: Context<Env>) => Response;
  tooManyRequests?: (c: Context<Env>, message: string) => Response;
};

/** Whether a path is the mount itself or below it. */
export function isBelow(mount: string, path: string): boolean {
  return path === mount || path.startsWith(`${mount}/`);
}
