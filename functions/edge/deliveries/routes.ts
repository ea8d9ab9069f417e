import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../env.ts";
import { refuseInvalid } from "../http/invalid.ts";
import { mountRoutes } from "../http/mount.ts";
import * as list from "./deliveries.get.ts";
import * as one from "./deliveries-id.get.ts";
import * as replay from "./deliveries-id-replay.post.ts";
import * as replays from "./replays.post.ts";
import * as replayJob from "./replays-id.get.ts";

/** Everything under /deliveries. */
export function deliveryRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  mountRoutes(app, [list.route, replays.route, replayJob.route, one.route, replay.route]);
  return app;
}
