import { OpenAPIHono } from "@hono/zod-openapi";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import { isUnavailable } from "../../../../db/errors.ts";
import type { Env } from "../../env.ts";
import { asBearer, bearsToken } from "../../http/bearer.ts";
import { edgeCache } from "../../http/edge-cache.ts";
import { documentedReads } from "../http/documented.ts";
import { dashboardError } from "./answers.ts";
import * as dbSchema from "./db-schema.get.ts";
import * as health from "./health.get.ts";
import * as dashboard from "./metrics-dashboard.get.ts";
import * as repos from "./metrics-repos.get.ts";
import * as olderRuns from "./metrics-workflow-runs.get.ts";
import * as workflowruns from "./metrics-workflowruns.get.ts";
import * as testDb from "./test-db.get.ts";

const CORS = { origin: "*", allowMethods: ["GET", "HEAD", "OPTIONS"], maxAge: 86_400 };

/** While reading is restricted, the dashboards need a token as well. */
const onlyReaders = createMiddleware<Env>(async (c, next) => {
  const sums = c.env.config.GITHUB_READ_TOKEN_SHA256;
  if (sums.length === 0 || bearsToken(asBearer(c.req.header("authorization")), sums)) return await next();
  c.header("www-authenticate", 'Bearer realm="GitHub"');
  return dashboardError(c, 401, "Bad credentials");
});

/** The dashboards' own API, in the contract's order (section 9), to be mounted at /api. */
export function dashboardRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  app.use(cors(CORS));
  for (const { route, handler } of [dashboard, workflowruns, repos, dbSchema, olderRuns, testDb]) {
    for (const read of documentedReads(route)) app.openAPIRegistry.registerPath(read);
    app.get(route.path, onlyReaders, edgeCache, handler);
  }
  app.openAPIRegistry.registerPath(health.route);
  app.get(health.route.path, health.handler);
  for (const { route } of [dashboard, workflowruns, repos, dbSchema, olderRuns, health, testDb]) {
    app.all(route.path, (c) => {
      c.header("allow", "GET, HEAD, OPTIONS");
      return dashboardError(c, 405, "This address serves GET, HEAD, OPTIONS.");
    });
  }
  app.onError((error, c) => {
    const isAway = isUnavailable(error);
    return dashboardError(c, 500, isAway ? "The database does not answer." : "Something went wrong on our side.");
  });
  return app;
}
