import { type Hook, OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../env.ts";
import { refuseInvalid } from "../http/invalid.ts";
import { mountRoutes } from "../http/mount.ts";
import * as commit from "./commit.get.ts";
import * as commits from "./commits.get.ts";
import * as index from "./index.get.ts";
import { messagePage } from "./parts/layout.ts";
import { htmlPage, keepWithReader, prefersHtml } from "./respond.ts";
import * as stylesheet from "./stylesheet.get.ts";

/** People who mistype a hash get a page, programs the usual error. */
const refuseWithPage: Hook<unknown, Env, string, Response | undefined | Promise<Response>> = (result, c) => {
  if (result.success) return undefined;
  const asHtml = prefersHtml(c);
  keepWithReader(c);
  if (!asHtml) return refuseInvalid(result, c);
  const message = "A commit is looked up by 7 to 64 hexadecimal digits of its hash.";
  return htmlPage(c, 400, messagePage("This is not a hash", message));
};

/** What people look at in a browser; each page is JSON too. */
export function pageRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseWithPage });
  mountRoutes(app, [index.route, stylesheet.route, commits.route, commit.route]);
  return app;
}
