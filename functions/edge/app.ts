import { OpenAPIHono } from "@hono/zod-openapi";
import { cors } from "hono/cors";
import { methodNotAllowed } from "hono/method-not-allowed";
import { deliveryRoutes } from "./deliveries/routes.ts";
import type { Env } from "./env.ts";
import { answerFailure } from "./http/failure.ts";
import { observe } from "./http/observe.ts";
import { securityHeaders } from "./http/security-headers.ts";
import type { Source } from "./http/source.ts";
import { routedPath } from "./http/source-host.ts";
import { answerMethodNotAllowed, answerNotFound } from "./http/unserved.ts";
import { pageRoutes } from "./pages/routes.ts";
import { rateLimit } from "./rate-limit.ts";
import { SOURCES } from "./sources.ts";
import { systemRoutes } from "./system/routes.ts";

/** Pages of every origin may read documents and receipts, which whoever has the link may read. */
const READABLE = { origin: "*", allowMethods: ["GET", "HEAD"], maxAge: 86_400 };

/** The whole edge: middleware in order, then what all sources share, then the sources. */
export function createApp(sources: readonly Source[] = SOURCES): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ getPath: routedPath(sources) });
  app.use(observe);
  app.use(securityHeaders);
  for (const { name, crossOrigin } of sources) if (crossOrigin !== undefined) app.use(`/${name}/*`, crossOrigin);
  for (const path of ["/openapi.json", "/deliveries/:id"]) app.use(path, cors(READABLE));
  app.use(rateLimit(sources));
  app.use(methodNotAllowed({ app, onMethodNotAllowed: answerMethodNotAllowed(sources) }));
  app.route("/", systemRoutes(app, sources));
  app.route("/", pageRoutes());
  app.route("/deliveries", deliveryRoutes());
  for (const { mounts } of sources) for (const { path, routes } of mounts) app.route(path, routes());
  app.notFound(answerNotFound(sources));
  app.onError(answerFailure);
  return app;
}
