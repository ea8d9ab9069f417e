import type { OutboundAnswer } from "../../../outside/outbound.ts";

/** Headers that speak of the connection, or would speak for us. */
const DROPPED =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|content-encoding|set-cookie2?|access-control-.*|content-security-policy.*|cross-origin-.*|strict-transport-security|x-frame-options|clear-site-data|service-worker-allowed|refresh|link|alt-svc|location|www-authenticate|nel|report-to|reporting-endpoints|permissions-policy|sourcemap|vary|x-request-id)$/;
const WITHOUT_BODY = [204, 205, 304];

/** Another system's answer as ours: status, body and headers; a browser may show it, but it can run and set nothing. */
export function passOn({ status, headers, body }: OutboundAnswer, contentType?: string): Response {
  const passed = new Headers();
  for (const [name, value] of headers) if (!DROPPED.test(name)) passed.set(name, value);
  if (contentType !== undefined) passed.set("content-type", contentType);
  passed.set(
    "content-security-policy",
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  );
  passed.set("x-content-type-options", "nosniff");
  return new Response(WITHOUT_BODY.includes(status) ? null : new Uint8Array(body), { status, headers: passed });
}
