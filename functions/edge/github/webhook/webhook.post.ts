import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { readFormField } from "../../../formats/form-field.ts";
import { isJsonObject } from "../../../json-text/json-object.ts";
import type { Env } from "../../env.ts";
import { BodyStream, declaredBytes } from "../../http/body-stream.ts";
import { takeDelivery } from "../../receipt.ts";
import { SignatureCheck } from "./signature.ts";

const LIMIT_BYTES = 26_214_400;
const CHECKED_BYTES = 1_048_576;
const TOO_LARGE = "The body is larger than 25 MiB.";
const UNSIGNED = "The signature is missing or wrong.";

const Refusal = z.object({ message: z.string().openapi({ description: "why the delivery was not taken" }) });
const refusal = (description: string) => ({ description, content: { "application/json": { schema: Refusal } } });

/**
 * Contract section 2. The body is read raw, so that the signature covers the very bytes that came. Its size is checked as
 * it is declared; of a body without a declared size the signature's form is checked first.
 */
export const route = createRoute({
  method: "post",
  path: "/webhook",
  operationId: "receiveGithubWebhook",
  summary: "Receive a GitHub webhook",
  description:
    "Checks size, content type, signature, headers and JSON, in this order, and hands the delivery to the queue. A delivery without a well-formed signature is refused before its body is read.",
  tags: ["GitHub webhooks"],
  request: {
    headers: z.object({
      "x-github-event": z.string().optional().openapi({ description: "name of the event", example: "workflow_run" }),
      "x-github-delivery": z
        .string()
        .optional()
        .openapi({ description: "id of the delivery; a repeated one changes nothing" }),
      "x-hub-signature-256": z
        .string()
        .optional()
        .openapi({ description: "`sha256=` and HMAC-SHA-256 of the raw body in hex" }),
    }),
    body: {
      required: true,
      description: "the payload, as JSON or as a form with the field `payload`",
      content: {
        "application/json": { schema: z.looseObject({}) },
        "application/x-www-form-urlencoded": { schema: z.object({ payload: z.string() }) },
      },
    },
  },
  responses: {
    200: {
      description: "durably taken; `Location` tells what becomes of it",
      headers: z.object({ location: z.string() }),
      content: { "text/html": { schema: z.literal("") } },
    },
    400: refusal("a header is missing, or the body is no JSON object"),
    401: refusal("the signature is missing or wrong"),
    413: refusal("the body is larger than 25 MiB"),
    415: refusal("neither JSON nor a form, or compressed"),
    503: refusal(
      "the queue or the object store does not take deliveries, or too many are being received; try again after `Retry-After` seconds",
    ),
  },
});

/** Takes a webhook; what its headers already decide is answered before the body is read. */
export async function handler(c: Context<Env>): Promise<Response> {
  const refuse = (status: 400 | 401 | 413 | 415 | 503, message: string) => c.json({ message }, status);
  const laterAgain = (seconds: number, message: string) => {
    c.header("Retry-After", String(seconds));
    return refuse(503, message);
  };
  if (declaredBytes(c.req.raw) > LIMIT_BYTES) return refuse(413, TOO_LARGE);
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const isForm = mediaType === "application/x-www-form-urlencoded";
  if (!isForm && mediaType !== "application/json")
    return refuse(415, "Send application/json or application/x-www-form-urlencoded.");
  if (c.req.header("content-encoding") !== undefined) return refuse(415, "Send the body uncompressed.");
  const signature = beginCheck(c);
  if (signature === undefined) return refuse(401, UNSIGNED);
  const body = new BodyStream(c.req.raw, LIMIT_BYTES, (chunk) => signature.update(chunk));
  const bytes = await body.whole(LIMIT_BYTES).catch(() => undefined);
  if (body.failure?.status === 503) return laterAgain(2, "Too many deliveries are being received; try again.");
  if (body.failure?.status === 413) return refuse(413, TOO_LARGE);
  if (bytes === undefined) return refuse(400, "The body broke off.");
  if (!signature.passes()) return refuse(401, UNSIGNED);
  const event = c.req.header("x-github-event") ?? "";
  const key = c.req.header("x-github-delivery") ?? "";
  if (!isName(event, 100)) return refuse(400, "The header X-GitHub-Event is missing or malformed.");
  if (!isName(key, 200)) return refuse(400, "The header X-GitHub-Delivery is missing or malformed.");
  if (bytes.byteLength <= CHECKED_BYTES && !holdsJsonObject(bytes, isForm))
    return refuse(400, "The body is no JSON object.");
  const named = { source: "github", kind: "webhook", key, event, contentType: mediaType };
  const receipt = await takeDelivery(c, { ...named, bytes });
  if (!receipt.taken) return laterAgain(receipt.retryAfterSeconds, "The delivery could not be taken; try again.");
  return c.body("", 200, { "content-type": "text/html; charset=utf-8", location: receipt.location });
}

/** Begins the check of a delivery's signature; undefined when its headers already say that it cannot pass. */
function beginCheck(c: Context<Env>): Pick<SignatureCheck, "update" | "passes"> | undefined {
  const { GITHUB_WEBHOOK_SECRET: secret, GITHUB_WEBHOOK_SECRET_PREVIOUS: previous, GITHUB_UNSIGNED } = c.env.config;
  if (secret === undefined) return GITHUB_UNSIGNED === "accept" ? { update() {}, passes: () => true } : undefined;
  return SignatureCheck.begin(
    c.req.header("x-hub-signature-256"),
    previous === undefined ? [secret] : [secret, previous],
  );
}

function isName(text: string, maxLength: number): boolean {
  return text.length <= maxLength && /^[\x21-\x7e]+$/.test(text);
}

function holdsJsonObject(bytes: Uint8Array<ArrayBuffer>, isForm: boolean): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    const value: unknown = JSON.parse(isForm ? (readFormField(text, "payload") ?? "") : text);
    return isJsonObject(value);
  } catch {
    return false;
  }
}
