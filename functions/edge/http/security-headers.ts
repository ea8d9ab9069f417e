import { secureHeaders } from "hono/secure-headers";

/**
 * Security headers of every answer. Nothing here is a page, so nothing may be loaded or framed; a page that needs more
 * sets its own policy, which stands. Frontends on other origins may read the answers.
 */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  crossOriginResourcePolicy: "cross-origin",
  xFrameOptions: "DENY",
  overwrite: false,
});
