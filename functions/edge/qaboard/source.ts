import type { Source } from "../http/source.ts";
import { READ_SCHEME, WRITE_SCHEME } from "./http/access.ts";
import { crossOrigin } from "./http/cross-origin.ts";
import { answerError } from "./http/errors.ts";
import { qaboardRoutes } from "./routes.ts";

/** QA-Board: projects, their commits, and what batches of runs on them gave (contract section 1). */
export const qaboard: Source = {
  name: "qaboard",
  listing: "/api/v1/projects",
  mounts: [{ path: "/qaboard", routes: qaboardRoutes }],
  receipts: ["/qaboard/webhook/gitlab"],
  securitySchemes: {
    [READ_SCHEME]:
      "a token whose SHA-256 is in QABOARD_READ_TOKEN_SHA256, or one for writing; while that is empty, none is needed",
    [WRITE_SCHEME]: "a token whose SHA-256 is in QABOARD_WRITE_TOKEN_SHA256; while that is empty, none is needed",
  },
  crossOrigin,
  notFound: (c) => answerError(c, 404, "Nothing is served at this address."),
  methodNotAllowed: (c) => answerError(c, 405, "This address does not serve that method."),
  tooManyRequests: (c, message) => answerError(c, 429, message),
};
