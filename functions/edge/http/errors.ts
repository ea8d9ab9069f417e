import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Env } from "../env.ts";

/** Error codes of our own routes; each is explained in docs/errors.md. */
export type ErrorCode =
  | "bad_request"
  | "unauthorized"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "gone"
  | "bad_configuration"
  | "queue_unavailable"
  | "store_unavailable"
  | "database_unavailable"
  | "internal";

/** Error body of our own routes; the compatible APIs answer in their own shapes. */
export const ErrorBody = z
  .object({
    code: z.string().openapi({ description: "what went wrong, for programs", example: "not_found" }),
    message: z.string().openapi({ description: "the same for people", example: "No such delivery." }),
    requestId: z.string().openapi({ description: "names this request in our logs" }),
    docs: z.string().openapi({ description: "where the code is explained", example: "/docs/errors#not_found" }),
  })
  .openapi("Error");

/** Answers with our own error body. */
export function errorAnswer<S extends ContentfulStatusCode>(
  c: Context<Env>,
  status: S,
  code: ErrorCode,
  message: string,
) {
  return c.json({ code, message, requestId: c.get("requestId"), docs: `/docs/errors#${code}` }, status);
}

/** An OpenAPI response of the error body. */
export function errorResponse(description: string) {
  return { description, content: { "application/json": { schema: ErrorBody } } };
}
