import { createMiddleware } from "hono/factory";
import { cleanJson, UnstorableValue } from "../../../json-text/clean.ts";
import { findExceededLimit } from "../../../json-text/structure.ts";
import type { Env } from "../../env.ts";
import { readBody } from "../../http/read-body.ts";
import { ApiError } from "./errors.ts";

/** Bytes and values of the largest body: a result with its metrics and the project's whole configuration. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_VALUES = 200_000;

/** Members at the top that hold prose; the others name something. */
const PROSE = new Set(["commit_message"]);

/**
 * Reads a JSON object before a route's contract looks at it, and keeps its text, whose numbers are stored as they were
 * written. NUL and lone surrogates are refused in names, and become U+FFFD below them (functions/json-text).
 */
export const jsonObject = createMiddleware<Env>(async (c, next) => {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/(json|.*\+json)$/.test(type))
    throw new ApiError(415, "The body must be JSON, with the content type application/json.");
  const text = await readJsonText(c.req.raw);
  c.set("bodyText", text);
  // The contract's validator reads the body from here, where Hono keeps promises.
  Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
  return await next();
});

async function readJsonText(request: Request): Promise<string> {
  const body = await readBody(request, MAX_BYTES);
  if (!body.ok && body.status === 413) throw new ApiError(413, `The body is larger than ${MAX_BYTES} bytes.`);
  if (!body.ok) throw new ApiError(400, "The body broke off.");
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body.bytes);
    if (findExceededLimit(text, { values: MAX_VALUES }) !== undefined)
      throw new ApiError(413, `The body holds more than ${MAX_VALUES} values.`);
    JSON.parse(text);
    return cleanJson(text, (place) => place.depth < 2 && !PROSE.has(place.step(0))).text;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (error instanceof UnstorableValue) throw new ApiError(400, `${error.pointer}: ${error.reason}`);
    throw new ApiError(400, "The body is not JSON.");
  }
}
