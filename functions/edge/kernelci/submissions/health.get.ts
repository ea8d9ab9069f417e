import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";

/** Contract part 02, the submit service. */
export const route = createRoute({
  method: "get",
  path: "/health",
  operationId: "getKernelciHealth",
  summary: "Is the submit service alive?",
  tags: ["KernelCI submissions"],
  responses: { 200: { description: "it is", content: { "text/plain": { schema: z.literal("OK") } } } },
});

/** Answers at once. */
export function handler(c: Context<Env>): Response {
  return c.text("OK", 200, { "cache-control": "no-store" });
}
