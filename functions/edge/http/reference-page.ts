import { Scalar } from "@scalar/hono-api-reference";
import type { Context } from "hono";
import { NONCE, secureHeaders } from "hono/secure-headers";
import type { Env } from "../env.ts";

/** One release of the page's script, so that what runs changes only with ours. */
const SCRIPT = "https://cdn.jsdelivr.net/npm/@scalar/api-reference@1.72.1/dist/browser/standalone.js";

/** The policy of a reference page alone: its script by nonce, its own styles, and our document; nothing from anywhere else. */
export const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: [NONCE],
    styleSrc: ["'unsafe-inline'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  crossOriginResourcePolicy: "same-origin",
  xFrameOptions: "DENY",
});

/** Makes the handler of a page that shows an OpenAPI document; its script comes from a CDN. Needs `pageHeaders`. */
export function referencePage({ url, title }: { url: string; title: string }) {
  const page = Scalar<Env>((c) => ({
    url,
    pageTitle: title,
    cdn: SCRIPT,
    nonce: c.get("secureHeadersNonce") ?? "",
    withDefaultFonts: false,
    telemetry: false,
  }));
  return async (c: Context<Env>): Promise<Response> => (await page(c, async () => {})) ?? c.body(null, 500);
}
