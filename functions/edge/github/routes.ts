import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../env.ts";
import * as webhook from "./webhook.post.ts";

/** Everything under /github, in the contract's order. */
export function githubRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  app.openAPIRegistry.registerPath(webhook.route);
  app.post("/webhook", webhook.handler);
  app.post("/webhooks/github", webhook.handler);
  return app;
}
