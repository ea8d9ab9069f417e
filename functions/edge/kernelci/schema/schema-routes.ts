import { OpenAPIHono } from "@hono/zod-openapi";
import type { Env } from "../../env.ts";
import { documentedRoute } from "../http/documented.ts";
import type { Entry } from "../http/route-table.ts";
import * as schema from "./schema.get.ts";
import { viewerRoute } from "./schema-viewer.get.ts";

/** The API's description of itself (contract part 08): for programs, and as two pages. */
export function schemaRoutes(described: readonly Entry[]): Entry[] {
  const files: Entry[] = [
    ["schema/swagger-ui/", viewerRoute("swagger-ui"), "none"],
    ["schema/redoc/", viewerRoute("redoc"), "none"],
  ];
  const whole = new OpenAPIHono<Env>();
  for (const [, { route }] of described) whole.openAPIRegistry.registerPath(documentedRoute(route));
  whole.openAPIRegistry.registerPath(documentedRoute(schema.route));
  return [["schema/", schema.describing(whole), "none"], ...files];
}
