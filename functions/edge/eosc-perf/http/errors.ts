import type { Context } from "hono";
import { databaseFault, isUnavailable } from "../../../../db/errors.ts";
import type { Env } from "../../env.ts";
import { BodyError } from "../../http/body-stream.ts";

/** Statuses this API refuses with, and what it calls them (contract section 1.1). */
const PHRASES = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Request Entity Too Large",
  422: "Unprocessable Entity",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;
type RefusalStatus = keyof typeof PHRASES;

/** Messages of one location by field, list elements by their index. */
export type FieldErrors = Record<string, string[] | Record<string, string[]>>;

/** Thrown anywhere below `checked` to answer with that status and body. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: RefusalStatus | 401;
  readonly body: object;

  constructor(status: RefusalStatus | 401, body: object) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
  }
}

/** `{"code", "status"}` and what more there is to say: `errors` or `message`. */
export function refusal(status: RefusalStatus, detail: { errors?: object; message?: object } = {}): Refusal {
  return new Refusal(status, { code: status, ...detail, status: PHRASES[status] });
}

/** A business refusal: `{"errors": {"error": message}}`. */
export function refusedFor(status: 403 | 404 | 409 | 422, message: string): Refusal {
  return refusal(status, { errors: { error: message } });
}

/** A query or a body that does not fit its contract. */
export function invalid(location: "query" | "json", errors: FieldErrors | string[], status: 400 | 422 = 422): Refusal {
  return refusal(status, { errors: { [location]: errors } });
}

/** Nobody can tell who asks. */
export function unauthenticated(description: string): Refusal {
  return new Refusal(401, { error: "Unauthenticated", error_description: description });
}

/** Who asks may not. */
export function forbidden({ sub, iss }: { sub: string; iss: string }, rule: "is_admin" | "is_registered"): Refusal {
  const error_description = `User ${sub}@${iss} does not meet requirements`;
  return new Refusal(403, { error: "Forbidden", error_description, error_details: `Evaluation of: ${rule}` });
}

/** What no handler expected: data the database cannot take is the sender's fault, never a 500. */
function unexpected(error: Error): Refusal {
  if (isUnavailable(error) || error instanceof BodyError) return refusal(503);
  const kind = databaseFault(error)?.code.slice(0, 2);
  if (kind === "22" || kind === "54") return refusal(422);
  if (kind === "23") return refusal(409);
  if (kind === "40") return refusal(503);
  return refusal(500);
}

/** Answers whatever was thrown under /eosc-perf. */
export function answerRefusal(error: Error, c: Context<Env>): Response {
  const { status, body } = error instanceof Refusal ? error : unexpected(error);
  // A refusal is an answer: nothing that the log should call unhandled.
  if (error instanceof Refusal) c.error = undefined;
  if (status === 503) c.header("retry-after", "5");
  if (status === 401) c.header("www-authenticate", 'Bearer realm="eosc-perf"');
  return c.json(body, status);
}

/** Answers a caller who asks too often. */
export function eoscPerfTooMany(c: Context<Env>, message: string): Response {
  return c.json(refusal(429, { errors: { error: message } }).body, 429);
}
