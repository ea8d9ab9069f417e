import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../../env.ts";
import * as webhook from "./webhook.post.ts";

/** The webhook receipt at another address (contract section 2), under an operation id of its own. */
export function webhookAlias(operationId: string): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  app.openAPIRegistry.registerPath({ ...webhook.route, path: "/", operationId });
  app.post("/", webhook.handler);
  return app;
}
