import type { Source } from "../http/source.ts";
import { crossOrigin } from "./http/cross-origin.ts";
import { answerRefusal, eoscPerfTooMany, refusal } from "./http/errors.ts";
import { routedPath } from "./http/path.ts";
import { TOKEN_SCHEME } from "./http/responses.ts";
import { eoscPerfRoutes } from "./routes.ts";

/** EOSC-Perf: benchmarks, results, sites and who reviews them (contract section 1). */
export const eoscPerf: Source = {
  name: "eosc-perf",
  listing: "/results",
  mounts: [{ path: "/eosc-perf", routes: eoscPerfRoutes }],
  securitySchemes: { [TOKEN_SCHEME]: "a token of an OpenID Connect issuer in EOSC_PERF_TRUSTED_OP_LIST" },
  crossOrigin,
  rewritePath: routedPath,
  notFound: (c) => answerRefusal(refusal(404), c),
  methodNotAllowed: (c) => answerRefusal(refusal(405), c),
  tooManyRequests: eoscPerfTooMany,
};
