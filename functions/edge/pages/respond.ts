import type { Context, TypedResponse } from "hono";
import { accepts } from "hono/accepts";
import { etag, RETAINED_304_HEADERS } from "hono/etag";
import type { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Env } from "../env.ts";

/** What `html` of hono makes: text in which everything but its own template is escaped. */
export type Html = ReturnType<typeof html>;

/** The policy of every page: our stylesheet, our forms, nothing else; no script runs. */
const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Makes answers comparable by `If-None-Match`, for the middleware of a page's contract. */
export const comparable = etag({ retainedHeaders: [...RETAINED_304_HEADERS, "content-security-policy"] });

/** Whether the caller would rather have a page than JSON; browsers say so, other clients seldom do. */
export function prefersHtml(c: Context): boolean {
  c.header("vary", "Accept, Authorization, Cookie");
  const supports = ["application/json", "text/html"];
  return accepts(c, { header: "Accept", supports, default: "application/json" }) === "text/html";
}

/** Readers see different things at one address, so only the reader keeps an answer, and asks before using it again. */
export function keepWithReader(c: Context): void {
  c.header("cache-control", "private, no-cache");
}

/**
 * Answers with a page. The type holds the status to the documented ones; the body is HTML, which the contract's JSON schema
 * of the same status says nothing of.
 */
export async function htmlPage<S extends ContentfulStatusCode>(
  c: Context<Env>,
  status: S,
  page: Html,
): Promise<Response & TypedResponse<never, S, "json">> {
  c.header("content-security-policy", POLICY);
  c.header("cross-origin-resource-policy", "same-origin");
  const text = String(await page);
  const response: Response = c.body(text, status, { "content-type": "text/html; charset=utf-8" });
  return response as Response & TypedResponse<never, S, "json">;
}
