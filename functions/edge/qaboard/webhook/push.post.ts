import { z } from "@hono/zod-openapi";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { readBody } from "../../http/read-body.ts";
import { defineRoute } from "../../http/route.ts";
import { takeDelivery } from "../../receipt.ts";
import { answerError, ERRORS, errorResponse } from "../http/errors.ts";
import { rawResponse } from "../http/raw-response.ts";
import { pusher } from "./push-token.ts";

/** A push event lists 20 commits at most. */
const MAX_BYTES = 4 * 1024 * 1024;

const Push = z.looseObject({
  ref: z.string().openapi({ description: "refs/heads/<branch>" }),
  checkout_sha: z.string().nullable().openapi({ description: "the pushed commit; null when the branch was deleted" }),
  project: z.looseObject({
    path_with_namespace: z.string().min(1).openapi({ description: "path of the repository" }),
  }),
});

/** Takes GitLab's push events (contract section 8); the consumer reads the commit from the Git host. */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/webhook/gitlab",
    operationId: "receiveQaboardPush",
    summary: "Receive a push event of GitLab",
    description: "Any content type is read as JSON. `Idempotency-Key`, which GitLab sends, tells repeats.",
    tags: ["QA-Board webhooks"],
    request: {
      headers: z.object({
        "x-gitlab-token": z.string().optional().openapi({ description: "the webhook's token" }),
        "idempotency-key": z.string().optional().openapi({ description: "the delivery's key" }),
      }),
      body: { required: true, content: { "*/*": { schema: Push } } },
    },
    responses: {
      200: {
        description: "durably taken; `Location` tells what becomes of it",
        headers: z.object({ location: z.string() }),
        content: { "text/html": { schema: z.string() } },
      },
      ...ERRORS,
      413: errorResponse("the body is larger than 4 MiB"),
      503: errorResponse("the queue does not take deliveries; send it again after `Retry-After` seconds"),
    },
  },
  access: pusher,
  handler: async (c) => {
    const body = await readBody(c.req.raw, MAX_BYTES);
    if (!body.ok)
      return answerError(c, body.status, body.status === 413 ? "The body is too large." : "The body broke off.");
    const event = readPush(body.bytes);
    if (typeof event === "string") return answerError(c, 400, event);
    const receiptId = newReceiptId();
    const given = c.req.header("idempotency-key") ?? "";
    const key = /^[\x21-\x7e]{1,200}$/.test(given) ? given : receiptId;
    const named = { source: "qaboard", kind: "push", key, event: "push", contentType: "application/json" };
    const receipt = await takeDelivery(c, { ...named, bytes: body.bytes }, receiptId);
    if (!receipt.taken) {
      c.header("retry-after", String(receipt.retryAfterSeconds));
      return answerError(c, 503, "The delivery could not be taken; send it again.");
    }
    return rawResponse(c.html("{status:'OK'}", 200, { location: receipt.location }));
  },
});

/** What is wrong with a body as a push event, or the event. */
function readPush(bytes: Uint8Array<ArrayBuffer>): z.infer<typeof Push> | string {
  try {
    const parsed = Push.safeParse(
      JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes)),
    );
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return `${issue?.path.join(".") || "The body"}: ${issue?.message}`;
  } catch {
    return "The body is not JSON.";
  }
}
