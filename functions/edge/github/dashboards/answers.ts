import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Env } from "../../env.ts";
import { instantOf } from "../runs/created-range.ts";

const DashboardError = z.object({ error: z.string() }).openapi("DashboardError");

const response = (description: string, schema: z.ZodType) => ({
  description,
  content: { "application/json": { schema } },
});

/** What a route of the dashboards' own API may answer. */
export function dashboardResponses(description: string, schema: z.ZodType) {
  return {
    200: response(description, schema),
    400: response("a parameter is not understood", DashboardError),
    401: response("reading is restricted, and the token is missing or wrong", DashboardError),
    500: response("the database does not answer, or a fault of ours", DashboardError),
  };
}

/** An error as the dashboards' frontend expects it (contract section 9). */
export function dashboardError(c: Context<Env>, status: ContentfulStatusCode, error: string): Response {
  return c.json({ error }, status);
}

/** Replaces now; becomes an ISO instant. */
export const AsOf = z
  .string()
  .optional()
  .transform((text, ctx) => {
    const at = text ? instantOf(text, "lower") : new Date().toISOString();
    if (at === undefined) ctx.addIssue({ code: "custom", message: "is no date or instant" });
    return at ?? z.NEVER;
  })
  .openapi({ type: "string", description: "what `now` is; hides later runs", example: "2025-03-20T12:00:00Z" });

/** A query string that was understood, or the 400 that says what wasn't. */
export type DashboardQuery<T> = { ok: true; query: T } | { ok: false; answer: Response };

/** Checks a query string; an empty parameter stays one, of a repeated one the first counts. */
export function readDashboardQuery<T>(c: Context<Env>, schema: z.ZodType<T>): DashboardQuery<T> {
  const parsed = schema.safeParse(c.req.query());
  if (parsed.success) return { ok: true, query: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, answer: dashboardError(c, 400, `${issue?.path.join(".")} ${issue?.message}`) };
}
