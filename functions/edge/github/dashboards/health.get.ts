import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";

const Answer = z.object({ status: z.literal("healthy"), timestamp: z.iso.datetime() });

/** An address of older revisions of the frontend's server (contract section 9). */
export const route = createRoute({
  method: "get",
  path: "/health",
  operationId: "getDashboardHealth",
  summary: "Ask whether the dashboards' API is up",
  tags: ["GitHub dashboards"],
  responses: { 200: { description: "it is", content: { "application/json": { schema: Answer } } } },
});

/** Answers without asking the database. */
export function handler(c: Context<Env>): Response {
  c.header("cache-control", "no-store");
  return c.json({ status: "healthy", timestamp: new Date().toISOString() });
}
