import { type Hook, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { databaseFault, isUnavailable } from "../../../../db/errors.ts";
import { ResponseTooLarge } from "../../../../db/queries/bounded-rows.ts";
import { OutboundError } from "../../../outside/outbound.ts";
import type { Env } from "../../env.ts";
import { BodyError } from "../../http/body-stream.ts";

/** Error body of this API; the web application shows `error` (contract section 13). */
export const QaboardError = z
  .object({ error: z.string().openapi({ description: "what is wrong, for people" }) })
  .openapi("QaboardError");

/** An OpenAPI response of the error body. */
export function errorResponse(description: string) {
  return { description, content: { "application/json": { schema: QaboardError } } };
}

/** The documented errors that every route may answer with. */
export const ERRORS = {
  400: errorResponse("a parameter or the body is missing or malformed"),
  401: errorResponse("the route is restricted, and no valid token was sent"),
} as const;

/** That of routes whose answer could be larger than one may be. */
export const TOO_LARGE = {
  422: errorResponse("the answer would have more bytes (RESPONSE_MAX_BYTES) or outputs (20,000) than one may have"),
} as const;

/** Those of routes that take JSON. */
export const BODY_ERRORS = {
  413: errorResponse("the body is larger than the service takes"),
  415: errorResponse("the body is not declared to be JSON"),
} as const;

/** Answers with the error body. */
export function answerError<S extends ContentfulStatusCode>(c: Context<Env>, status: S, error: string) {
  return c.json({ error }, status);
}

/** Thrown anywhere below a handler to answer with that status and message. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: ContentfulStatusCode;

  constructor(status: ContentfulStatusCode, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers a request that does not fit its route's contract, naming what is wrong first. */
export const refuseInvalid: Hook<unknown, Env, string, Response | undefined> = (result, c) => {
  if (result.success) return undefined;
  const [issue] = result.error.issues;
  const place = issue?.path.join(".") ?? "";
  return answerError(c, 400, `${place === "" ? "The request" : place}: ${issue?.message ?? "malformed"}`);
};

/** Answers whatever was thrown under /qaboard; what the database cannot take is the sender's fault, never a 500. */
export function answerFailure(error: Error, c: Context<Env>): Response {
  const { status, message } = error instanceof ApiError ? error : unexpected(error);
  // A refusal is an answer: nothing that the log should call unhandled.
  if (error instanceof ApiError) c.error = undefined;
  if (status === 503) c.header("retry-after", "5");
  return answerError(c, status, message);
}

function unexpected(error: Error): { status: ContentfulStatusCode; message: string } {
  if (error instanceof ResponseTooLarge)
    return { status: 422, message: `${error.message} Ask for less: a shorter time, one batch, or no outputs.` };
  if (error instanceof HTTPException) return { status: 400, message: "The request is malformed." };
  if (isUnavailable(error)) return { status: 503, message: "The database does not answer." };
  if (error instanceof OutboundError) return { status: 503, message: "A system that this depends on does not answer." };
  if (error instanceof BodyError) return { status: 503, message: "Too many requests are being received." };
  const kind = databaseFault(error)?.code.slice(0, 2);
  if (kind === "22" || kind === "54") return { status: 400, message: "A value cannot be stored as it was sent." };
  if (kind === "23") return { status: 409, message: "Another change of the same data came first." };
  if (kind === "40") return { status: 503, message: "Another change of the same data came first. Send it again." };
  return { status: 500, message: "Something went wrong on our side." };
}
