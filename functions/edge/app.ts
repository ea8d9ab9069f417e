import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "./env.ts";
import { githubRoutes } from "./github/routes.ts";
import { errorAnswer } from "./http/errors.ts";
import { observe } from "./http/observe.ts";
import { pathOf } from "./http/source-host.ts";

/** The whole edge: middleware in order, then what is mounted. */
export function createApp(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ getPath: pathOf });
  app.use(observe);
  app.route("/github", githubRoutes());
  app.notFound((c) => errorAnswer(c, 404, "not_found", "Nothing is served at this address."));
  return app;
}
