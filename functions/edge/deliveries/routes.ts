import { OpenAPIHono } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import type { Env } from "../env.ts";
import { errorAnswer } from "../http/errors.ts";
import { refuseInvalid } from "../http/invalid.ts";
import { mountRoutes } from "../http/mount.ts";
import * as list from "./deliveries.get.ts";
import * as one from "./deliveries-id.get.ts";
import * as replay from "./deliveries-id-replay.post.ts";
import * as replays from "./replays.post.ts";
import * as replayJob from "./replays-id.get.ts";

/** Refuses other methods where a longer pattern would take them (`/deliveries/{id}`). */
const onlyMethod = (method: string) =>
  createMiddleware<Env>(async (c, next) => {
    if (c.req.method === method) return await next();
    c.header("allow", method);
    return errorAnswer(c, 405, "method_not_allowed", `This address serves ${method}.`);
  });

/** Everything under /deliveries. */
export function deliveryRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  mountRoutes(app, [list.route]);
  app.use("/replays", onlyMethod("POST"));
  mountRoutes(app, [replays.route, replayJob.route, one.route, replay.route]);
  return app;
}
