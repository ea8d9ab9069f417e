import { createRoute, type RouteConfig, z } from "@hono/zod-openapi";
import type { Handler } from "hono";
import type { Env } from "../env.ts";
import { sourceUrl } from "../http/source-host.ts";
import original from "./api-spec.json" with { type: "json" };

/** Contract section 16. */
export const route = createRoute({
  method: "get",
  path: "/api-spec.json",
  operationId: "getEoscPerfApiSpec",
  summary: "The OpenAPI document that clients of the EOSC Performance API are generated from",
  tags: ["EOSC-Perf documentation"],
  responses: {
    200: { description: "OpenAPI 3.0.2", content: { "application/json": { schema: z.looseObject({}) } } },
  },
});

type Operation = { operationId: string };
type Item = Record<string, unknown>;

const isOperation = (value: unknown): value is Operation =>
  typeof value === "object" && value !== null && "operationId" in value;

/**
 * Makes the handler: the original's document, since a client generated from it depends on every name and order in it,
 * with the texts of our own routes. The server is the setting's, else wherever the document was asked for.
 */
export function documentOf(routes: readonly RouteConfig[]): Handler<Env> {
  const texts = new Map(routes.map(({ operationId, summary, description }) => [operationId, { summary, description }]));
  const described = (item: Item): Item =>
    Object.fromEntries(
      Object.entries(item).map(([key, value]) => [
        key,
        isOperation(value) ? { ...value, ...texts.get(value.operationId) } : value,
      ]),
    );
  const paths = Object.fromEntries(
    Object.entries(original.paths).map(([path, item]) => [path, described({ ...item })]),
  );
  return (c) => {
    const url = c.env.config.EOSC_PERF_BACKEND_ROUTE ?? new URL(sourceUrl(c.req.url, "eosc-perf")).pathname;
    return c.json({ ...original, servers: [{ url }], paths }, 200, { "cache-control": "max-age=60" });
  };
}
