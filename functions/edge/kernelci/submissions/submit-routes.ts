import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import * as logExcerpt from "../logs/log-excerpt.get.ts";
import * as subscriptions from "../notifications/subscriptions.get.ts";
import * as authtest from "./authtest.get.ts";
import * as health from "./health.get.ts";
import * as index from "./index.get.ts";
import * as metrics from "./metrics.get.ts";
import * as status from "./status.get.ts";
import * as submit from "./submit.post.ts";
import { answerSubmitFailure } from "./submit-answers.ts";

type Answer = (c: Context<Env>) => Response | Promise<Response>;
type Route = { route: RouteConfig; handler: Answer };

const ROUTES: readonly Route[] = [submit, status, authtest, health, metrics, logExcerpt, subscriptions];

/** The submit service: everything under /kernelci that is not the API of the dashboard (contract part 02). */
export function submitRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  app.onError(answerSubmitFailure);
  for (const { route, handler } of ROUTES) {
    app.openAPIRegistry.registerPath(route);
    app.on(route.method.toUpperCase(), route.path.replace(/\{(\w+)\}/g, ":$1"), handler);
  }
  return app;
}

/** The page at the root of the mount, whose address ends in a slash. */
export function submitIndex(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  app.openAPIRegistry.registerPath(index.route);
  app.get("/", index.handler);
  return app;
}
