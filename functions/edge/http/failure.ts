import type { Context } from "hono";
import { isUnavailable, isUnstorableText } from "../../../db/errors.ts";
import { OutboundError } from "../../outside/outbound.ts";
import type { Env } from "../env.ts";
import { BodyError } from "./body-stream.ts";
import { type ErrorCode, errorAnswer } from "./errors.ts";

/** Answers what no handler caught: 400 for a text that cannot be asked for, 503 when a part we stand on is away, else 500; never with internals. */
export function answerFailure(error: Error, c: Context<Env>): Response {
  if (isUnavailable(error)) return unavailable(c, "database_unavailable", "The database does not answer.");
  if (isUnstorableText(error))
    return errorAnswer(c, 400, "bad_request", "A text holds a character that cannot be stored.");
  if (error instanceof OutboundError) return unavailable(c, "store_unavailable", "The object store does not answer.");
  if (error instanceof BodyError) return unavailable(c, "busy", "Too many requests are being received.", 2);
  return errorAnswer(c, 500, "internal", "Something went wrong on our side.");
}

/** A 503 that says when to come again. */
export function unavailable(c: Context<Env>, code: ErrorCode, message: string, retryAfterSeconds = 5) {
  c.header("retry-after", String(retryAfterSeconds));
  return errorAnswer(c, 503, code, message);
}
