import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../env.ts";
import { refuseInvalid } from "../http/invalid.ts";
import * as list from "./deliveries.get.ts";
import * as one from "./deliveries-id.get.ts";
import * as replay from "./deliveries-id-replay.post.ts";
import * as replays from "./replays.post.ts";
import * as replayJob from "./replays-id.get.ts";

/** Everything under /deliveries. */
export function deliveryRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  app.openapi(list.route, list.handler);
  app.openapi(replays.route, replays.handler);
  app.openapi(replayJob.route, replayJob.handler);
  app.openapi(one.route, one.handler);
  app.openapi(replay.route, replay.handler);
  return app;
}
