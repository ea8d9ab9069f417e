import type { Limits } from "../../../json-schema/limits.ts";
import { cleanJson, UnstorableValue } from "../../../json-text/clean.ts";
import { findExceededLimit } from "../../../json-text/structure.ts";
import { readBody } from "../../http/read-body.ts";
import { invalid, Refusal, refusal } from "./errors.ts";

/** A result's document is the largest body; it has to fit an isolate's memory several times over. */
const LIMIT_BYTES = 8 * 1024 * 1024;

/** A body as it came: its JSON value, and its text, which keeps numbers as they were written. */
export type JsonBody = { value: unknown; text: string };

/**
 * Reads a JSON body. One that is empty or of another content type counts as `{}`; throws a Refusal when it is no JSON or
 * too large, in bytes or in values (contract sections 1.1 and 3).
 */
export async function readJson(request: Request, limits: Limits): Promise<JsonBody> {
  const none = { value: {}, text: "{}" };
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/(json|.*\+json)$/.test(type)) return none;
  const body = await readBody(request, LIMIT_BYTES);
  if (!body.ok && body.status === 413) throw refusal(413);
  if (!body.ok) throw notJson();
  if (body.bytes.length === 0) return none;
  try {
    // A byte order mark is left in the text, where it is no JSON.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body.bytes);
    refuseLarge(text, limits);
    return storable(JSON.parse(text), text);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof UnstorableValue) throw invalid("json", { [error.pointer]: [error.reason] });
    throw notJson();
  }
}

/** No body has more values than a result or a schema may have. */
function refuseLarge(text: string, { EOSC_PERF_MAX_VALUES: ofResult, EOSC_PERF_SCHEMA_MAX_VALUES: ofSchema }: Limits) {
  const values = Math.max(ofResult, ofSchema);
  if (findExceededLimit(text, { values }) === undefined) return;
  const name = values === ofResult ? "EOSC_PERF_MAX_VALUES" : "EOSC_PERF_SCHEMA_MAX_VALUES";
  throw invalid("json", [`The body holds more than ${values} values (${name}).`]);
}

/** The body with numbers as they are stored; its texts are checked field by field. */
function storable(value: unknown, text: string): JsonBody {
  const clean = cleanJson(text);
  return clean.text === text ? { value, text } : { value: JSON.parse(clean.text), text: clean.text };
}

const notJson = () => invalid("json", ["Invalid JSON body."], 400);
