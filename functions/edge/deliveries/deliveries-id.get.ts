import { deliveryStates } from "../../../db/queries/ledger/delivery-states.ts";
import { receivedAtMs } from "../../messages/receipt-id.ts";
import { anyone } from "../http/admin.ts";
import { errorAnswer, errorResponse } from "../http/errors.ts";
import { defineRoute } from "../http/route.ts";
import { Delivery, deliveryAnswer, deliveryPath } from "./delivery.ts";
import { mayStillBeHeld, ReceiptParam, receiptOf } from "./receipt.ts";

/** Follows one delivery; open to whoever holds the signed link. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/{id}",
    operationId: "getDelivery",
    summary: "Follow a delivery",
    description:
      "Answers from the moment a delivery is taken. Poll it until `status` is `done`, `rejected` or `dead`; each is final unless an operator replays the delivery.",
    tags: ["Deliveries"],
    request: { params: ReceiptParam },
    responses: {
      200: { description: "what is known of it", content: { "application/json": { schema: Delivery } } },
      404: errorResponse("no such delivery, a wrong signature, or no longer kept"),
      503: errorResponse("the database does not answer"),
    },
  },
  access: anyone,
  handler: async (c, { params }) => {
    c.header("cache-control", "no-store");
    const receipt = receiptOf(c, params.id);
    if (receipt === undefined) return errorAnswer(c, 404, "not_found", "No such delivery.");
    const { receiptId, isOurs } = receipt;
    const [row] = await deliveryStates(c.env.db, receiptId);
    if (row !== undefined) return c.json(deliveryAnswer(c, row), 200);
    if (!isOurs || !mayStillBeHeld(receiptId))
      return errorAnswer(c, 404, "not_found", "Nothing is known of this delivery, or no longer.");
    return c.json(
      {
        id: receiptId,
        status: "accepted" as const,
        received_at: new Date(receivedAtMs(receiptId)).toISOString(),
        links: { self: deliveryPath(c, receiptId) },
      },
      200,
    );
  },
});
