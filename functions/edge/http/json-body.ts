import { createMiddleware } from "hono/factory";
import type { Env } from "../env.ts";
import { errorAnswer } from "./errors.ts";
import { readBody } from "./read-body.ts";

/** Reads a body of at most `limit` bytes as JSON before a route's contract looks at it; nothing at all counts as `{}`. */
export function jsonBody(limit: number) {
  return createMiddleware<Env>(async (c, next) => {
    const read = await readBody(c.req.raw, limit);
    if (!read.ok) return errorAnswer(c, 400, "bad_request", `The body is larger than ${limit} bytes, or broke off.`);
    const text = read.bytes.byteLength === 0 ? "{}" : new TextDecoder().decode(read.bytes);
    try {
      JSON.parse(text);
    } catch {
      return errorAnswer(c, 400, "bad_request", "The body is not JSON.");
    }
    const headers = new Headers(c.req.raw.headers);
    headers.set("content-type", "application/json");
    headers.delete("content-length");
    c.req.raw = new Request(c.req.raw.url, { method: c.req.method, headers, body: text });
    return await next();
  });
}
