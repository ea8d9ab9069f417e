import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { jsonAnswer } from "../http/answers.ts";
import { ERRORS } from "../http/errors.ts";
import { unusedRate } from "../http/rate.ts";
import { oneResponse } from "../http/responses.ts";
import { RateLimit } from "../http/schemas.ts";

const Answer = z.object({ resources: z.object({ core: RateLimit }), rate: RateLimit });

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/rate_limit",
  operationId: "getGithubRateLimit",
  summary: "Get the rate limit",
  description: "For clients that ask before they read; nothing is counted, so nothing is ever used.",
  tags: ["GitHub"],
  responses: { ...oneResponse("the limit", Answer), 401: ERRORS[401] },
});

/** Answers with a limit of which nothing is used. */
export function handler(c: Context<Env>): Response {
  const rate = unusedRate();
  return jsonAnswer(c, JSON.stringify({ resources: { core: rate }, rate }));
}
