import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Env } from "../../env.ts";
import { sourceUrl } from "../../http/source-host.ts";
import type { Renderer } from "../http/negotiation.ts";
import type { RouteFile } from "../http/route-table.ts";
import { yamlOf } from "../http/yaml.ts";

const DOCUMENT = z.looseObject({});

/** Contract part 08, `schema/`. */
export const route = createRoute({
  method: "get",
  path: "/schema/",
  operationId: "getKernelciSchema",
  summary: "Description of this interface",
  description: "OpenAPI 3.0.3, as YAML or, with `format=json`, as JSON.",
  tags: ["KernelCI"],
  request: { query: z.object({ format: z.enum(["openapi", "yaml", "openapi-json", "json"]).optional() }) },
  responses: {
    200: {
      description: "the description",
      content: {
        "application/vnd.oai.openapi": { schema: DOCUMENT },
        "application/vnd.oai.openapi+json": { schema: DOCUMENT },
        "application/yaml": { schema: DOCUMENT },
        "application/json": { schema: DOCUMENT },
      },
    },
  },
});

const RENDERERS: readonly Renderer[] = [
  { format: "openapi", type: "application/vnd.oai.openapi" },
  { format: "yaml", type: "application/yaml" },
  { format: "openapi-json", type: "application/vnd.oai.openapi+json" },
  { format: "json", type: "application/vnd.oai.openapi+json" },
  { format: "json", type: "application/json" },
];

const INFO = {
  openapi: "3.0.3",
  info: { title: "KernelCI Dashboard API", version: "0.9.0", description: "API for the KernelCI dashboard" },
};

/** The route that describes an app's routes; the document is made at the first request. */
export function describing(app: OpenAPIHono<Env>): RouteFile {
  let document: ReturnType<typeof app.getOpenAPIDocument> | undefined;
  return {
    route,
    renderers: RENDERERS,
    handler(c, _names, renderer) {
      document ??= app.getOpenAPIDocument(INFO);
      // Its paths begin with /api, below the mount or at the root of a host of its own.
      const served = { ...document, servers: [{ url: sourceUrl(c.req.url, "kernelci") }] };
      const text = renderer.type.endsWith("json") ? JSON.stringify(served) : yamlOf(served);
      return c.body(text, 200, { "content-type": renderer.type });
    },
  };
}
