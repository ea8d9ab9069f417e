import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import { Scalar } from "@scalar/hono-api-reference";
import { NONCE, secureHeaders } from "hono/secure-headers";
import type { Env } from "../env.ts";

/** One release of the page's script, so that what runs changes only with ours. */
const SCRIPT = "https://cdn.jsdelivr.net/npm/@scalar/api-reference@1.72.1/dist/browser/standalone.js";

/** The policy of this page alone: its script by nonce, its own styles, and our document; nothing from anywhere else. */
const pageHeaders = secureHeaders({
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

/** The page people read. */
export const route = createRoute({
  method: "get",
  path: "/docs",
  operationId: "getDocs",
  summary: "API reference as a page",
  tags: ["Documentation"],
  middleware: pageHeaders,
  responses: { 200: { description: "the page", content: { "text/html": { schema: z.string() } } } },
});

const page = Scalar<Env>((c) => ({
  url: "/openapi.json",
  pageTitle: "Runledger API",
  cdn: SCRIPT,
  nonce: c.get("secureHeadersNonce") ?? "",
  withDefaultFonts: false,
  telemetry: false,
}));

/** Answers with the page; its script comes from a CDN. */
export const handler: RouteHandler<typeof route, Env> = async (c) => {
  const answer = await page(c, async () => {});
  return answer ?? c.body(null, 500);
};
