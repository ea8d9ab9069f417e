import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../../env.ts";
import { mayAdminister } from "../http/may-administer.ts";
import * as recoveries from "./recoveries.post.ts";
import * as scrape from "./scrape.get.ts";
import * as scrapes from "./scrapes.post.ts";

/** What has the consumer ask GitHub: scrapes and recovery (contract sections 5 and 6). */
export function taskRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  for (const { route } of [scrapes, scrape, recoveries]) app.openAPIRegistry.registerPath(route);
  app.post("/repos/:owner/:repo/scrapes", mayAdminister, scrapes.handler);
  app.get("/scrapes/:id", scrape.handler);
  app.post("/recoveries", mayAdminister, recoveries.handler);
  return app;
}
