import { createMiddleware } from "hono/factory";
import type { Env } from "../../env.ts";
import { readBody } from "../../http/read-body.ts";
import { ApiError } from "./errors.ts";

/** Names, an address and a password. */
const MAX_BYTES = 65_536;
const TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** Reads the fields of a form before a route's contract looks at them; the web application sends multipart (contract section 1). */
export const formBody = createMiddleware<Env>(async (c, next) => {
  const type = c.req.header("content-type") ?? "";
  if (!TYPES.test(type)) throw new ApiError(400, "The body must be a form.");
  const body = await readBody(c.req.raw, MAX_BYTES);
  if (!body.ok) throw new ApiError(body.status, `The body is larger than ${MAX_BYTES} bytes, or broke off.`);
  const form = await new Response(body.bytes, { headers: { "content-type": type } }).formData().catch(() => undefined);
  if (form === undefined) throw new ApiError(400, "The body is not a form.");
  // The contract's validator reads the fields from here.
  Object.assign(c.req.bodyCache, { formData: form });
  return await next();
});
