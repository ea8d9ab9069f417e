import type { Source } from "../http/source.ts";
import { READ_SCHEME } from "./http/documented.ts";
import { withoutEnterprisePrefix } from "./http/enterprise-path.ts";
import { githubError } from "./http/errors.ts";
import { githubRoutes } from "./routes.ts";
import { webhookAlias } from "./webhook/webhook-alias.ts";

/** Where webhooks arrive. */
const RECEIPTS = ["/github/webhook", "/github/webhooks/github", "/webhooks/github"];

/** GitHub Actions: webhooks, and reads as GitHub's REST API answers them (contract section 1). */
export const github: Source = {
  name: "github",
  listing: "/api/metrics/workflow-runs",
  mounts: [
    { path: "/github", routes: githubRoutes },
    { path: "/webhooks/github", routes: () => webhookAlias("receiveGithubWebhookAtRoot") },
  ],
  securitySchemes: {
    [READ_SCHEME]: "a token whose SHA-256 is in GITHUB_READ_TOKEN_SHA256; while that is empty, none is needed",
  },
  receipts: RECEIPTS,
  rewritePath: withoutEnterprisePrefix,
  notFound: (c) => githubError(c, 404, "Not Found"),
  methodNotAllowed: (c) => githubError(c, 405, "Method Not Allowed"),
  tooManyRequests: (c, message) =>
    RECEIPTS.includes(c.req.path) ? c.json({ message }, 429) : githubError(c, 429, message),
};
