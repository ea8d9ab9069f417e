import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Env } from "../../env.ts";

/** The content type of every answer, to the letter (contract part 01). */
const JSON_HEADERS = { "content-type": "application/json" };

/**
 * Answers with a JSON text as Postgres rendered it (db/queries/kernelci/json-text.ts). No answer with durations, times or
 * free documents goes through JSON.parse: JavaScript would write 60.0 as 60.
 */
export function jsonAnswer(c: Context<Env>, text: string, status: ContentfulStatusCode = 200): Response {
  return c.body(text, status, JSON_HEADERS);
}

/**
 * "Nothing found" is a 200 (contract part 01, Errors). It is not kept by the cache, so that what arrives a moment later is
 * seen; `fields` are those that a route adds.
 */
export function nothingFound(c: Context<Env>, error: string, fields: Record<string, unknown> = {}): Response {
  c.header("cache-control", "no-cache");
  return jsonAnswer(c, JSON.stringify({ error, ...fields }));
}

/** A JSON text, or the text that says there is nothing. */
export function foundOr(c: Context<Env>, found: string | null, error: string): Response {
  return found === null ? nothingFound(c, error) : jsonAnswer(c, found);
}

/** `{"error": …}` of a route's own checks. */
export function refused(c: Context<Env>, error: string, status: ContentfulStatusCode = 400): Response {
  return jsonAnswer(c, JSON.stringify({ error }), status);
}

/** `{"detail": …}` of what concerns no route in particular: methods, media types. */
export function detailed(c: Context<Env>, status: ContentfulStatusCode, detail: string): Response {
  return jsonAnswer(c, JSON.stringify({ detail }), status);
}
