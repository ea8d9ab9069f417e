import { findUndocumented } from "./documented-responses.ts";

/** Every response of an edge that a test fetches is held to what its route documents: statuses, media types, schemas. */
const send = globalThis.fetch;

/** An address of this machine, where edges of tests listen. */
const LOCAL = /^http:\/\/(127\.0\.0\.1|localhost):/;
/** Larger ones are left to the tests that make them. */
const MAX_BYTES = 4_000_000;

globalThis.fetch = async (input, init) => {
  const response = await send(input, init);
  const { url, method } = new Request(input instanceof Request ? input.url : input, {
    method: init?.method ?? (input instanceof Request ? input.method : "GET"),
  });
  const { status, headers } = response;
  const isOurs = headers.has("x-request-id") && LOCAL.test(url);
  if (!isOurs || Number(headers.get("content-length") ?? 0) > MAX_BYTES) return response;
  const body = await response.clone().text();
  const problem = findUndocumented({ method, url, status, contentType: headers.get("content-type") ?? "", body });
  if (problem !== undefined) throw new Error(`${problem} (${url.slice(0, 200)})`);
  return response;
};
