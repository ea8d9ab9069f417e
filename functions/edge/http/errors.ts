import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Env } from "../env.ts";

/** Every error code of our own routes: what it means, and what its receiver can do. Shown at /docs/errors. */
export const ERRORS = {
  bad_request: "The request is malformed: a parameter is unknown, missing or out of range. The message names it.",
  unauthorized: "The route needs a bearer token, and none or a wrong one was sent.",
  not_found: "Nothing is served at this address, or what it names is unknown or no longer kept.",
  method_not_allowed: "The address exists, but not for this method. The header Allow lists those that do.",
  conflict: "What is asked for does not fit the present state. The message says why; asking again later may work.",
  gone: "It was here once, but is no longer kept: raw bodies are deleted after the retention time.",
  bad_configuration: "The service lacks a setting. Its log names which; the request itself may be fine.",
  queue_unavailable: "The queue does not take messages. Nothing was accepted; send again after Retry-After seconds.",
  store_unavailable: "The object store does not answer. Nothing was changed; send again after Retry-After seconds.",
  database_unavailable: "The database does not answer. Nothing was lost; ask again after Retry-After seconds.",
  too_many_requests: "This address or token asked too often. Ask again after Retry-After seconds, and less often.",
  busy: "Too many bodies are being received at this moment. Nothing was changed; send again after Retry-After seconds.",
  internal: "A fault of ours. The log has the details under the requestId of the answer.",
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof ERRORS;

/** Error body of our own routes; the compatible APIs answer in their own shapes. */
export const ErrorBody = z
  .object({
    code: z.string().openapi({ description: "what went wrong, for programs", example: "not_found" }),
    message: z.string().openapi({ description: "the same for people", example: "No such delivery." }),
    requestId: z.string().openapi({ description: "names this request in our logs" }),
    docs: z.string().openapi({ description: "where the code is explained", example: "/docs/errors#not_found" }),
  })
  .openapi("Error");

/** The error body of our own routes for one request. */
export function errorBody(code: ErrorCode, message: string, requestId: string): z.infer<typeof ErrorBody> {
  return { code, message, requestId, docs: `/docs/errors#${code}` };
}

/** Answers with our own error body. */
export function errorAnswer<S extends ContentfulStatusCode>(
  c: Context<Env>,
  status: S,
  code: ErrorCode,
  message: string,
) {
  return c.json(errorBody(code, message, c.get("requestId")), status);
}

/** An OpenAPI response of the error body. */
export function errorResponse(description: string) {
  return { description, content: { "application/json": { schema: ErrorBody } } };
}
