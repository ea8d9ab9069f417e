import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { readBody } from "../../http/read-body.ts";
import { refused } from "./answers.ts";
import type { Checked } from "./validation.ts";

/** Far more than any page of the dashboard asks for. */
const LIMIT_BYTES = 1_048_576;

/** Reads a request's body as JSON, whatever its content type says (contract part 01). */
export async function readJson(c: Context<Env>): Promise<Checked<unknown>> {
  const body = await readBody(c.req.raw, LIMIT_BYTES);
  if (!body.ok)
    return { ok: false, answer: refused(c, body.status === 413 ? "Body too large" : "Invalid body", body.status) };
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body.bytes);
    c.set("bodyText", text);
    return { ok: true, value: JSON.parse(text, storable) };
  } catch {
    return { ok: false, answer: refused(c, "Invalid body, request body must be a valid json string") };
  }
}

/** No column can hold a text with NUL or with half a character, so none is asked for. */
function storable(_key: string, value: unknown): unknown {
  if (typeof value === "string" && (value.includes("\0") || !value.isWellFormed())) throw new TypeError("unstorable");
  return value;
}
