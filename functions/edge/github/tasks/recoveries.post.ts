import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { beginRecovery } from "../../../cron/recover-github.ts";
import type { Env } from "../../env.ts";
import { ADMIN_SCHEME } from "../../http/admin.ts";
import { errorResponse } from "../http/errors.ts";
import { answerOnceTaken } from "./begin-task.ts";

const Begun = z.object({ id: z.uuid(), state: z.literal("queued") }).openapi("RecoveryBegun");

/** Contract section 6. */
export const route = createRoute({
  method: "post",
  path: "/recoveries",
  operationId: "beginGithubRecovery",
  summary: "Recover what was missed",
  description:
    "Has GitHub send failed deliveries again and asks for unfinished runs without news, as happens every hour by itself. Safe to call twice; the consumer's log tells what it did.",
  tags: ["GitHub scrape and recovery"],
  security: [{ [ADMIN_SCHEME]: [] }],
  responses: {
    202: { description: "queued", content: { "application/json": { schema: Begun } } },
    401: errorResponse("no admin token"),
    503: errorResponse("the queue does not take messages; try again after `Retry-After` seconds"),
  },
});

/** Queues a recovery. */
export async function handler(c: Context<Env>): Promise<Response> {
  const { queue, objects } = c.env;
  let id = "";
  return await answerOnceTaken(
    c,
    async () => {
      id = await beginRecovery(queue, objects, c.get("requestId"));
    },
    () => c.json({ id, state: "queued" }, 202),
  );
}
