import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { DeliveryRow } from "../../../../db/queries/ledger/delivery-row.ts";
import { deliveryStates } from "../../../../db/queries/ledger/delivery-states.ts";
import { receiptOfSubmission } from "../../../messages/submission-id.ts";
import { deliveryPath } from "../../deliveries/delivery.ts";
import { mayStillBeHeld } from "../../deliveries/receipt.ts";
import type { Env } from "../../env.ts";
import { answerResponse, submitAnswer, submitError } from "./submit-answers.ts";
import { refuseSubmitter, SUBMITTER_SCHEME, submitterOf } from "./submitter.ts";

/** Contract part 02, the submit service. */
export const route = createRoute({
  method: "get",
  path: "/status",
  operationId: "getKernelciSubmissionStatus",
  summary: "What became of a submission",
  description:
    "`ready`: waits to be stored. `inprogress`: is tried again. `processed`: stored. `failed`: refused; the address in `Link` says why.",
  tags: ["KernelCI submissions"],
  security: [{}, { [SUBMITTER_SCHEME]: [] }],
  request: { query: z.object({ id: z.string().openapi({ minLength: 1, description: "as `submit` gave it" }) }) },
  responses: {
    200: answerResponse("what is known of it"),
    400: answerResponse("the id is missing, empty or malformed"),
    401: answerResponse("the token is missing or wrong"),
    404: answerResponse("no such submission, or no longer kept"),
    503: answerResponse("the database does not answer"),
  },
});

const MESSAGES = {
  inprogress: "File still in progress",
  ready: "File waiting for processing",
  processed: "File archived",
  failed: "File failed to pass validation",
} as const;

/** Answers with the present state of a submission. */
export async function handler(c: Context<Env>): Promise<Response> {
  const submitter = await submitterOf(c);
  if (!submitter.known) return await refuseSubmitter(c, submitter.reason);
  const id = c.req.query("id");
  if (id === undefined) return c.text("Failed to deserialize query string: missing field `id`", 400);
  if (id === "") return submitError(c, 400, "Empty id");
  if (!/^[\p{L}\p{N}]+$/u.test(id)) return submitError(c, 400, "Invalid id");
  const receiptId = receiptOfSubmission(id, c.env.config.RECEIPT_KEY);
  const status = receiptId === undefined ? undefined : await statusOf(c, receiptId);
  if (receiptId === undefined || status === undefined)
    return submitAnswer(c, 404, { id, status: "notfound", message: "File not found" });
  c.header("link", `<${deliveryPath(c, receiptId)}>; rel="describedby"`);
  return submitAnswer(c, 200, { id, status, message: MESSAGES[status] });
}

async function statusOf(c: Context<Env>, receiptId: string): Promise<keyof typeof MESSAGES | undefined> {
  const [row] = await deliveryStates(c.env.db, receiptId);
  if (row !== undefined) return NAMES[row.status];
  return mayStillBeHeld(receiptId) ? "ready" : undefined;
}

/** A row of one that is accepted only is made when the consumer hands it back. */
const NAMES: Record<DeliveryRow["status"], keyof typeof MESSAGES> = {
  accepted: "inprogress",
  done: "processed",
  rejected: "failed",
  dead: "failed",
};
