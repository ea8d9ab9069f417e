import { createHash, type Hash } from "node:crypto";
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { rawObjectKey } from "../../../messages/claim-check.ts";
import { newReceiptId, receivedAtMs } from "../../../messages/receipt-id.ts";
import { submissionIdOf } from "../../../messages/submission-id.ts";
import { gzipped } from "../../../outside/gzip.ts";
import type { Env } from "../../env.ts";
import { BodyError, BodyStream } from "../../http/body-stream.ts";
import { log } from "../../http/log.ts";
import { type Receipt, takeDelivery, takeStored } from "../../receipt.ts";
import { answerResponse, submitAnswer, submitError } from "./submit-answers.ts";
import { refuseSubmitter, SUBMITTER_SCHEME, submitterOf } from "./submitter.ts";

/** Up to here a body is looked at, and may travel inside the message; a larger one goes straight to the object store. */
const CHECKED_BYTES = 1_048_576;

/** Contract part 02, the submit service. */
export const route = createRoute({
  method: "post",
  path: "/submit",
  operationId: "submitToKernelci",
  summary: "Submit results as KCIDB JSON",
  description:
    "Takes a submission of any known version. Up to 1 MiB it must be JSON; whether it fits its schema shows later, under the address in `Location` and by `status`.",
  tags: ["KernelCI submissions"],
  security: [{}, { [SUBMITTER_SCHEME]: [] }],
  request: {
    body: { required: true, description: "KCIDB JSON", content: { "application/json": { schema: z.looseObject({}) } } },
  },
  responses: {
    200: {
      ...answerResponse("durably taken; `Location` tells what becomes of it"),
      headers: z.object({ location: z.string() }),
    },
    400: answerResponse("the body is no JSON, is compressed, or broke off"),
    401: answerResponse("the token is missing or wrong"),
    413: answerResponse("the body is larger than the service takes"),
    503: answerResponse(
      "the queue or the object store does not take submissions, or too many are being received; try again after `Retry-After` seconds",
    ),
  },
});

/** Takes a submission. */
export async function handler(c: Context<Env>): Promise<Response> {
  const submitter = await submitterOf(c);
  if (!submitter.known) return refuseSubmitter(c, submitter.reason);
  if (c.req.header("content-encoding") !== undefined) return submitError(c, 400, "Send the body uncompressed");
  const sum = createHash("sha256");
  const body = new BodyStream(c.req.raw, c.env.config.KERNELCI_SUBMIT_MAX_BYTES, (chunk) => sum.update(chunk));
  const receiptId = newReceiptId();
  const id = submissionIdOf(receiptId, c.env.config.RECEIPT_KEY);
  const named = {
    source: "kernelci",
    kind: "submission",
    key: id,
    event: labelOf(submitter.origin),
    contentType: "application/json",
  };
  try {
    const bytes = await body.whole(CHECKED_BYTES);
    const problem = bytes === undefined ? undefined : problemOf(bytes);
    if (problem !== undefined) return submitError(c, 400, problem);
    const receipt =
      bytes === undefined
        ? await takeStreamed(c, body, sum, named, receiptId)
        : await takeDelivery(c, { ...named, bytes }, receiptId);
    if (!receipt.taken) {
      c.header("retry-after", String(receipt.retryAfterSeconds));
      return submitError(c, 503, "The submission could not be taken; try again");
    }
    c.header("location", receipt.location);
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    return refuseBody(c, error);
  }
  const message = `Received submission ${id} with size ${body.sizeBytes} bytes`;
  return submitAnswer(c, 200, { id, status: "ok", message });
}

type Named = Parameters<typeof takeStored>[1];

/** Streams a large body into the object store, then hands the receipt over. */
async function takeStreamed(
  c: Context<Env>,
  body: BodyStream,
  sum: Hash,
  named: Omit<Named, "sizeBytes">,
  receiptId: string,
): Promise<Receipt> {
  const receivedAt = new Date(receivedAtMs(receiptId)).toISOString();
  try {
    await c.env.objects.putStream(rawObjectKey(named.source, receiptId, receivedAt), gzipped(body));
  } catch (error) {
    if (body.failure !== undefined) throw body.failure;
    log("not taken", { requestId: c.get("requestId"), receiptId, reason: String(error) });
    return { taken: false, retryAfterSeconds: 10 };
  }
  c.set("logFields", { ...c.get("logFields"), sha256: sum.digest("hex") });
  return await takeStored(c, { ...named, sizeBytes: body.sizeBytes }, receiptId);
}

function refuseBody(c: Context<Env>, { status }: BodyError): Response {
  if (status === 413)
    return submitError(c, status, `The body is larger than ${c.env.config.KERNELCI_SUBMIT_MAX_BYTES} bytes`);
  if (status === 400) return submitError(c, status, "The body broke off");
  c.header("retry-after", "2");
  return submitError(c, status, "Too many submissions are being received; try again");
}

/** Why bytes are no JSON; undefined when they are. */
function problemOf(bytes: Uint8Array): string | undefined {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
    return undefined;
  } catch (error) {
    return error instanceof SyntaxError ? error.message : "The body is not valid UTF-8";
  }
}

/** An origin as envelopes carry it. */
function labelOf(origin: string): string {
  return origin.replace(/[^\x20-\x7e]/g, "?").slice(0, 100);
}
