import { z } from "@hono/zod-openapi";
import { countReplayable } from "../../../db/queries/ledger/replayable.ts";
import { newReceiptId } from "../../messages/receipt-id.ts";
import type { ReplayJobMessage } from "../../messages/replay-job.ts";
import { packTask } from "../../messages/task-message.ts";
import { ADMIN_SCHEME, admin } from "../http/admin.ts";
import { errorAnswer, errorResponse } from "../http/errors.ts";
import { unavailable } from "../http/failure.ts";
import { jsonBody } from "../http/json-body.ts";
import { log } from "../http/log.ts";
import { defineRoute } from "../http/route.ts";
import { replayJobPath } from "./replay-job-path.ts";

const LIMIT_BYTES = 10_000;

const State = z.enum(["rejected", "dead"]);

/** Text that may be compared with what is stored; NUL never is. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\0]*$/, "must not hold NUL")
    .refine((given) => given.isWellFormed(), "must be well-formed Unicode");

const Instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], "must be a date or a time, as 2026-01-31T12:00:00Z")
  .transform((given) => new Date(given).toISOString());

const Wanted = z
  .strictObject({
    state: z
      .union([State.transform((one) => [one]), z.array(State).min(1).max(2)])
      .default(["rejected", "dead"])
      .openapi({
        type: "array",
        items: { type: "string", enum: ["rejected", "dead"] },
        minItems: 1,
        maxItems: 2,
        description: "rejected, dead or both (default)",
      }),
    source: text(50).optional().openapi({ description: "as github; every source by default" }),
    reason: text(500).optional().openapi({ description: "a part of the reason, as it is written" }),
    since: Instant.optional().openapi({ type: "string", format: "date-time", description: "received then or later" }),
    until: Instant.optional().openapi({ type: "string", format: "date-time", description: "received before then" }),
    confirm: z
      .int()
      .nonnegative()
      .optional()
      .openapi({ description: "the count that was answered without it: starts the replay of so many" }),
  })
  .openapi("ReplaysRequest");

const Counted = z
  .object({ count: z.int().openapi({ description: "deliveries the filter meets; nothing was started" }) })
  .openapi("ReplaysCount");

const Begun = z
  .object({
    id: z.uuid(),
    state: z.literal("queued"),
    count: z.int().openapi({ description: "deliveries that will be replayed" }),
    links: z.object({ self: z.string().openapi({ description: "tells how far it is, signed" }) }),
  })
  .openapi("ReplaysBegun");

/** Counts, then replays, all refused deliveries of a filter. */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/replays",
    operationId: "replayDeliveries",
    summary: "Replay all deliveries of a filter",
    description:
      "Without `confirm`, answers how many rejected or dead deliveries the filter meets and starts nothing. With `confirm` equal to that count, has the consumer replay them, each at most once. What is on its way already is left out.",
    tags: ["Deliveries"],
    security: [{ [ADMIN_SCHEME]: [] }],
    middleware: jsonBody(LIMIT_BYTES),
    request: { body: { required: false, content: { "application/json": { schema: Wanted } } } },
    responses: {
      200: { description: "the count", content: { "application/json": { schema: Counted } } },
      202: {
        description: "queued; `Location` tells how far it is",
        headers: z.object({ location: z.string() }),
        content: { "application/json": { schema: Begun } },
      },
      400: errorResponse("the body is not JSON, or a field is unknown or out of range"),
      401: errorResponse("no admin token"),
      409: errorResponse("the filter meets another number of deliveries by now; the message says how many"),
      503: errorResponse("the queue or the database does not answer"),
    },
  },
  access: admin,
  handler: async (c, { body }) => {
    c.header("cache-control", "no-store");
    const { state: states, confirm, ...rest } = body;
    const filter = { states, ...rest };
    const { count, asOf } = await countReplayable(c.env.db, filter);
    if (confirm === undefined) return c.json({ count }, 200);
    if (confirm !== count)
      return errorAnswer(c, 409, "conflict", `The filter meets ${count} deliveries by now, not ${confirm}.`);
    const id = newReceiptId();
    const job: ReplayJobMessage = { v: 1, filter, settledUntil: asOf, expected: count };
    const requestId = c.get("requestId");
    c.set("logFields", { ...c.get("logFields"), receiptId: id, count });
    try {
      await c.env.queue.send(
        await packTask({ id, source: "ledger", kind: "replays", trace: requestId, body: job }, c.env.objects),
      );
    } catch (error) {
      log("task not taken", { requestId, receiptId: id, reason: String(error) });
      return unavailable(c, "queue_unavailable", "The queue does not take messages.", 10);
    }
    const self = replayJobPath(c, id);
    c.header("location", self);
    return c.json({ id, state: "queued" as const, count, links: { self } }, 202);
  },
});
