import { z } from "@hono/zod-openapi";
import type { Context, TypedResponse } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Env } from "../../env.ts";

const HTML = "text/html; charset=utf-8";

/** What most changes are answered with. */
export const Done = z.object({ status: z.literal("OK") });

/** An OpenAPI response in JSON. */
export function jsonResponse<T extends z.ZodType>(description: string, schema: T) {
  return { description, content: { "application/json": { schema } } };
}

/** An OpenAPI response of a text that is declared to be HTML, as the original's are. */
export function textResponse(description: string) {
  return { description, content: { "text/html": { schema: z.string() } } };
}

/** Answers with a text that is declared to be HTML. */
export function answerText<S extends ContentfulStatusCode>(
  c: Context<Env>,
  status: S,
  text: string,
): Response & TypedResponse<never, S, "json"> {
  const response: Response = c.body(text, status, { "content-type": HTML });
  // As with JSON that PostgreSQL rendered: the type holds the status to the documented ones, the tests the rest.
  return response as Response & TypedResponse<never, S, "json">;
}
