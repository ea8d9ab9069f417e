import { OpenAPIHono } from "@hono/zod-openapi";
import { methodNotAllowed } from "hono/method-not-allowed";
import { deliveryRoutes } from "./deliveries/routes.ts";
import type { Env } from "./env.ts";
import { crossOrigin } from "./eosc-perf/cross-origin.ts";
import { eoscPerfRoutes } from "./eosc-perf/routes.ts";
import { githubRoutes } from "./github/routes.ts";
import { webhookAlias } from "./github/webhook-alias.ts";
import { answerFailure } from "./http/failure.ts";
import { observe } from "./http/observe.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { pathOf } from "./http/source-host.ts";
import { methodNotServed, notServed } from "./http/unserved.ts";
import { kernelciRoutes } from "./kernelci/routes.ts";
import { submitIndex } from "./kernelci/submit-routes.ts";
import { rateLimit } from "./rate-limit.ts";
import { systemRoutes } from "./system/routes.ts";

/** The whole edge: middleware in order, then what is mounted. */
export function createApp(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ getPath: pathOf });
  app.use(observe);
  app.use(securityHeaders);
  app.use("/eosc-perf/*", crossOrigin);
  app.use(rateLimit);
  app.use(methodNotAllowed({ app, onMethodNotAllowed: methodNotServed }));
  app.route("/", systemRoutes(app));
  app.route("/deliveries", deliveryRoutes());
  app.route("/github", githubRoutes());
  app.route("/kernelci", kernelciRoutes());
  app.route("/kernelci/", submitIndex());
  app.route("/webhooks/github", webhookAlias("receiveGithubWebhookAtRoot"));
  app.route("/eosc-perf", eoscPerfRoutes());
  app.notFound(notServed);
  app.onError(answerFailure);
  return app;
}
