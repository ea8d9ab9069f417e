import type { TypedResponse } from "hono";
import type { StatusCode } from "hono/utils/http-status";

/** A response that is passed on as it comes, from a store or another system, which decide its status, type and body. */
export function rawResponse<S extends StatusCode>(response: Response): Response & TypedResponse<never, S, "json"> {
  return response as Response & TypedResponse<never, S, "json">;
}
