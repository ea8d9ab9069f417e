import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../env.ts";
import { refuseInvalid } from "../http/invalid.ts";
import { mountRoutes } from "../http/mount.ts";
import type { Source } from "../http/source.ts";
import * as docs from "./docs.get.ts";
import * as docsErrors from "./docs-errors.get.ts";
import * as health from "./health.get.ts";
import * as metrics from "./metrics.get.ts";
import * as openapi from "./openapi-json.get.ts";
import * as ready from "./ready.get.ts";

/** What operators and readers of the documentation ask for; `whole` is the app that is described, `sources` what it serves. */
export function systemRoutes(whole: OpenAPIHono<Env>, sources: readonly Source[]): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  const document = openapi.defineDocument(whole, sources);
  mountRoutes(app, [health.route, ready.route, metrics.route, document, docs.route, docsErrors.route]);
  return app;
}
