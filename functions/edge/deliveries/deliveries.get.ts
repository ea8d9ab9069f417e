import { z } from "@hono/zod-openapi";
import { newestDeliveries } from "../../../db/queries/ledger/newest-deliveries.ts";
import { ADMIN_SCHEME, admin } from "../http/admin.ts";
import { errorResponse } from "../http/errors.ts";
import { defineRoute } from "../http/route.ts";
import { Delivery, deliveryAnswer } from "./delivery.ts";

const STATES = ["done", "rejected", "dead", "waiting"] as const;

/** A parameter that may be repeated: any of its values matches. */
function anyOf<T extends z.ZodType>(value: T) {
  return z
    .union([value.transform((one) => [one]), z.array(value).max(20)])
    .optional()
    .openapi({ type: "array", items: { type: "string" } });
}

/** Text that may be compared with what is stored; NUL never is. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\0]*$/, "must not hold NUL");

const Query = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50).openapi({ type: "integer", minimum: 1, maximum: 200 }),
  cursor: z.uuid().optional().openapi({ description: "`next` of the page before" }),
  state: anyOf(z.enum([...STATES, "all"])).openapi({ description: "done, rejected, dead, waiting or all (default)" }),
  source: anyOf(text(50).min(1)),
  event: anyOf(text(100)),
  key: text(200).min(1).optional().openapi({ description: "idempotency key, whole" }),
});

const Page = z
  .object({
    deliveries: z.array(Delivery),
    next: z.string().nullable().openapi({ description: "cursor of the page that follows; null at the end" }),
  })
  .openapi("DeliveryPage");

/** Lists deliveries for operators. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/",
    operationId: "listDeliveries",
    summary: "List deliveries",
    description:
      "Newest arrival first. Filters may be repeated and then match any of their values. A filtered page may hold fewer than `limit`: go on until `next` is null. Receipts that repeat a key are not listed.",
    tags: ["Deliveries"],
    security: [{ [ADMIN_SCHEME]: [] }],
    request: { query: Query },
    responses: {
      200: { description: "one page", content: { "application/json": { schema: Page } } },
      400: errorResponse("a parameter is unknown or out of range"),
      401: errorResponse("no admin token"),
      503: errorResponse("the database does not answer"),
    },
  },
  access: admin,
  handler: async (c, { query }) => {
    const { limit, cursor, state, source, event, key } = query;
    const states = state === undefined || state.includes("all") ? STATES : STATES.filter((one) => state.includes(one));
    const page = await newestDeliveries(c.env.db, {
      limit,
      states,
      sources: source,
      events: event,
      key,
      before: cursor,
    });
    c.header("cache-control", "no-store");
    return c.json({ deliveries: page.deliveries.map((row) => deliveryAnswer(c, row)), next: page.next }, 200);
  },
});
