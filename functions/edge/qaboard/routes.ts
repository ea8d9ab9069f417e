import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../env.ts";
import { mountRoutes } from "../http/mount.ts";
import type { Route } from "../http/route.ts";
import { FILE_ROUTES } from "./file-routes.ts";
import { answerFailure, refuseInvalid } from "./http/errors.ts";
import { redirectToSlash } from "./http/redirect-to-slash.ts";
import * as findOutput from "./outputs/find-output.get.ts";
import * as storeOutput from "./outputs/store-output.post.ts";

const MOUNT = "/qaboard";

/** Everything under /qaboard, in the contract's order; of two lines that a path matches, the first serves it. */
const ROUTES: readonly Route[] = [
  // Section 4: writing results
  storeOutput.route,
  // Section 5: reading
  findOutput.route,
  ...FILE_ROUTES,
];

/** The QA-Board API. */
export function qaboardRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  app.onError(answerFailure);
  app.use(
    redirectToSlash(
      MOUNT,
      ROUTES.map(({ contract }) => contract.path),
    ),
  );
  mountRoutes(app, ROUTES);
  return app;
}
