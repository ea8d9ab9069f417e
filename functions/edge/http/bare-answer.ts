import { type ErrorCode, errorBody } from "./errors.ts";

/** Our own error body for a request that never reaches the app, and so has no request id yet. */
export function bareAnswer(
  status: number,
  code: ErrorCode,
  message: string,
  requestId = crypto.randomUUID(),
): Response {
  const headers = { "x-request-id": requestId, "x-content-type-options": "nosniff", "cache-control": "no-store" };
  return Response.json(errorBody(code, message, requestId), { status, headers });
}
