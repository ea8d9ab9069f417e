import { z } from "@hono/zod-openapi";
import { deliveryStates } from "../../../db/queries/ledger/delivery-states.ts";
import { findReplayJob } from "../../../db/queries/ledger/replay-job.ts";
import { receivedAtMs } from "../../messages/receipt-id.ts";
import { anyone } from "../http/admin.ts";
import { errorAnswer, errorResponse } from "../http/errors.ts";
import { defineRoute } from "../http/route.ts";
import { mayStillBeHeld } from "./receipt.ts";
import { replayJobPath, verifyReplayJob } from "./replay-job-path.ts";

const count = z.int().nonnegative();

const ReplaysStatus = z
  .object({
    id: z.uuid(),
    state: z.enum(["queued", "running", "done", "failed"]),
    count: count.optional().openapi({ description: "deliveries the filter met when it was asked" }),
    replayed: count.openapi({ description: "put on the queue again so far" }),
    skipped: count.openapi({ description: "left out: their raw body is gone or cannot be read" }),
    reason: z.string().nullable().openapi({ description: "what went wrong last, or why it failed" }),
    created_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
    links: z.object({ self: z.string() }),
  })
  .openapi("ReplaysStatus");

/** Follows a replay of many; open to whoever holds the signed link. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/replays/{id}",
    operationId: "getReplays",
    summary: "Follow a replay of many",
    description:
      "Answers from the moment it is queued. `done` and `failed` are final; each delivery has its own receipt.",
    tags: ["Deliveries"],
    request: {
      params: z.object({ id: z.string().min(1).openapi({ description: "the signed id of the job's `Location`" }) }),
    },
    responses: {
      200: { description: "how far it is", content: { "application/json": { schema: ReplaysStatus } } },
      404: errorResponse("no such replay, or a wrong signature"),
      503: errorResponse("the database does not answer"),
    },
  },
  access: anyone,
  handler: async (c, { params }) => {
    c.header("cache-control", "no-store");
    const jobId = verifyReplayJob(c, params.id);
    const job = jobId === undefined ? undefined : await findReplayJob(c.env.db, jobId);
    if (jobId === undefined || (job === undefined && !mayStillBeHeld(jobId)))
      return errorAnswer(c, 404, "not_found", "No such replay.");
    // Its message may wait, or have died, like every other.
    const [message] = job?.state === "done" ? [] : await deliveryStates(c.env.db, jobId);
    const hasFailed = message?.status === "rejected" || message?.status === "dead";
    return c.json(
      {
        id: jobId,
        state: hasFailed ? ("failed" as const) : (job?.state ?? ("queued" as const)),
        ...(job === undefined ? {} : { count: job.expected }),
        replayed: job?.replayed ?? 0,
        skipped: job?.skipped ?? 0,
        reason: message?.reason ?? null,
        created_at: job?.createdAt ?? new Date(receivedAtMs(jobId)).toISOString(),
        finished_at: hasFailed ? message.settledAt : (job?.finishedAt ?? null),
        links: { self: replayJobPath(c, jobId) },
      },
      200,
    );
  },
});
