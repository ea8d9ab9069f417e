import { z } from "@hono/zod-openapi";
import type { DeliveryRow } from "../../../db/queries/ledger/delivery-row.ts";
import { deliveryStates } from "../../../db/queries/ledger/delivery-states.ts";
import { upsertWaiting } from "../../../db/upserts/ledger/waiting.ts";
import { replayMessage } from "../../messages/replay-message.ts";
import type { Env } from "../env.ts";
import { ADMIN_SCHEME, admin } from "../http/admin.ts";
import { errorAnswer, errorResponse } from "../http/errors.ts";
import { unavailable } from "../http/failure.ts";
import { log } from "../http/log.ts";
import { defineRoute } from "../http/route.ts";
import { deliveryPath } from "./delivery.ts";
import { ReceiptParam, receiptOf } from "./receipt.ts";

const Replay = z
  .object({
    id: z.uuid(),
    status: z.literal("accepted"),
    replays: z.int().openapi({ description: "which replay this is" }),
    links: z.object({ self: z.string() }),
  })
  .openapi("Replay");

/** Sends a settled delivery through the consumer once more. */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/{id}/replay",
    operationId: "replayDelivery",
    summary: "Replay a delivery",
    description:
      "Puts a stored, rejected or dead delivery on the queue again, with the raw body that was kept. A stored one is processed anew, as by the parser of today.",
    tags: ["Deliveries"],
    security: [{ [ADMIN_SCHEME]: [] }],
    request: { params: ReceiptParam },
    responses: {
      202: {
        description: "on the queue again; `Location` tells what becomes of it",
        headers: z.object({ location: z.string() }),
        content: { "application/json": { schema: Replay } },
      },
      401: errorResponse("no admin token"),
      404: errorResponse("no such delivery, or no longer kept"),
      409: errorResponse("not settled yet, or a message that this release cannot read"),
      410: errorResponse("its raw body is no longer kept"),
      503: errorResponse("the queue, the object store or the database does not answer"),
    },
  },
  access: admin,
  handler: async (c, { params }) => {
    const receipt = receiptOf(c, params.id);
    const states = receipt === undefined ? [] : await deliveryStates(c.env.db, receipt.receiptId);
    if (states.length === 0) return errorAnswer(c, 404, "not_found", "No such delivery.");
    const settled = await settledOf(c.env.db, states);
    if (settled === undefined) return errorAnswer(c, 409, "conflict", "This delivery is on its way still.");
    const replay = await replayMessage(settled, c.get("requestId"), c.env.objects);
    if (replay.is === "gone") return errorAnswer(c, 410, "gone", "The raw body of this delivery is no longer kept.");
    if (replay.is === "unreadable")
      return errorAnswer(c, 409, "conflict", `It still cannot be read: ${replay.reason}.`);
    try {
      await c.env.queue.send(replay.message);
    } catch (error) {
      log("not replayed", { requestId: c.get("requestId"), receiptId: settled.receiptId, reason: String(error) });
      return unavailable(c, "queue_unavailable", "The queue does not take messages.", 10);
    }
    const { receiptId, source, kind, key, event, receivedAt, replay: replays } = replay.head;
    c.set("logFields", { ...c.get("logFields"), receiptId, key, name: event, replays });
    const named = { receiptId, source, kind, key, event, receivedAt, acceptedAt: new Date().toISOString() };
    try {
      await upsertWaiting(c.env.db, [{ ...named, receives: 0, replays, reason: "replay asked for" }]);
    } catch (error) {
      // The queue has it: without the note its receipt shows the earlier end until the replay is through.
      log("replay not noted", { requestId: c.get("requestId"), receiptId, reason: String(error) });
    }
    const location = deliveryPath(c, receiptId);
    c.header("location", location);
    return c.json({ id: receiptId, status: "accepted" as const, replays, links: { self: location } }, 202);
  },
});

/** The end a delivery came to; of one that repeats a key, the end of the delivery that counts. */
async function settledOf(db: Env["Bindings"]["db"], states: readonly DeliveryRow[]): Promise<DeliveryRow | undefined> {
  const settled = states.find(({ status }) => status !== "accepted");
  if (settled === undefined || settled.repeats === null) return settled;
  return (await deliveryStates(db, settled.repeats)).find(({ status }) => status !== "accepted");
}
