import { z } from "@hono/zod-openapi";
import { defineRoute } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { ERRORS, errorResponse } from "../http/errors.ts";
import { rawResponse } from "../http/raw-response.ts";
import { allowedFetch } from "./allowed-fetch.ts";
import { gitlabSession } from "./gitlab-session.ts";
import { passOn } from "./passed-on.ts";

/** Badges and avatars of a GitLab (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/gitlab/proxy",
    operationId: "proxyQaboardGitlab",
    summary: "What a URL of an allowed host answers",
    description: "Badges and avatars of a GitLab that QABOARD_GITLAB_AUTH names are asked for with its session.",
    tags: ["QA-Board integrations"],
    security: READ,
    request: {
      query: z.object({
        url: z
          .string()
          .max(4_000)
          .openapi({ format: "uri", pattern: "^https?://", description: "URL of a host that is allowed" }),
      }),
    },
    responses: {
      200: { description: "its body and headers", content: { "*/*": { schema: z.string() } } },
      default: { description: "its status, body and headers", content: { "*/*": { schema: z.string() } } },
      ...ERRORS,
      403: errorResponse("the host may not be asked"),
      502: errorResponse("the host does not answer"),
    },
  },
  access: reader,
  handler: async (c, { query }) => {
    const session = await gitlabSession(query.url, c.env.config);
    const headers = new Headers(session === undefined ? {} : { cookie: session });
    const answer = await allowedFetch({ url: query.url, method: "GET", headers }, c.env.config);
    return rawResponse(passOn(answer));
  },
});
