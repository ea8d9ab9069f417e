import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../env.ts";
import { readBody } from "../http/read-body.ts";
import { takeDelivery } from "../receipt.ts";
import { isSigned } from "./signature.ts";

const LIMIT_BYTES = 26_214_400;
const CHECKED_BYTES = 1_048_576;

const Refusal = z.object({ message: z.string().openapi({ description: "why the delivery was not taken" }) });
const refusal = (description: string) => ({ description, content: { "application/json": { schema: Refusal } } });

/** Contract section 2. The body is read raw, so that the signature covers the very bytes that came. */
export const route = createRoute({
  method: "post",
  path: "/webhook",
  operationId: "receiveGithubWebhook",
  summary: "Receive a GitHub webhook",
  description:
    "Checks size, content type, signature, headers and JSON, in this order, and hands the delivery to the queue.",
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
    503: refusal("the queue or the object store does not take deliveries; try again after `Retry-After` seconds"),
  },
});

/** Takes a webhook. */
export async function handler(c: Context<Env>): Promise<Response> {
  const refuse = (status: 400 | 401 | 413 | 415 | 503, message: string) => c.json({ message }, status);
  const contentType = c.req.header("content-type") ?? "";
  const body = await readBody(c.req.raw, LIMIT_BYTES);
  if (!body.ok && body.status === 413) return refuse(413, "The body is larger than 25 MiB.");
  if (!body.ok) return refuse(400, "The body broke off.");
  const mediaType = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  const isForm = mediaType === "application/x-www-form-urlencoded";
  if (!isForm && mediaType !== "application/json")
    return refuse(415, "Send application/json or application/x-www-form-urlencoded.");
  if (c.req.header("content-encoding") !== undefined) return refuse(415, "Send the body uncompressed.");
  if (!(await mayDeliver(c, body.bytes))) return refuse(401, "The signature is missing or wrong.");
  const event = c.req.header("x-github-event") ?? "";
  const key = c.req.header("x-github-delivery") ?? "";
  if (!isName(event, 100)) return refuse(400, "The header X-GitHub-Event is missing or malformed.");
  if (!isName(key, 200)) return refuse(400, "The header X-GitHub-Delivery is missing or malformed.");
  if (body.bytes.byteLength <= CHECKED_BYTES && !isJsonObject(body.bytes, isForm))
    return refuse(400, "The body is no JSON object.");
  const named = { source: "github", kind: "webhook", key, event, contentType: mediaType };
  const receipt = await takeDelivery(c, { ...named, bytes: body.bytes });
  if (!receipt.taken) {
    c.header("Retry-After", String(receipt.retryAfterSeconds));
    return refuse(503, "The delivery could not be taken; try again.");
  }
  return c.body("", 200, { "content-type": "text/html; charset=utf-8", location: receipt.location });
}

async function mayDeliver(c: Context<Env>, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const { GITHUB_WEBHOOK_SECRET: secret, GITHUB_WEBHOOK_SECRET_PREVIOUS: previous, GITHUB_UNSIGNED } = c.env.config;
  if (secret === undefined) return GITHUB_UNSIGNED === "accept";
  const secrets = previous === undefined ? [secret] : [secret, previous];
  return await isSigned(bytes, c.req.header("x-hub-signature-256"), secrets);
}

function isName(text: string, maxLength: number): boolean {
  return text.length <= maxLength && /^[\x21-\x7e]+$/.test(text);
}

function isJsonObject(bytes: Uint8Array<ArrayBuffer>, isForm: boolean): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    const value: unknown = JSON.parse(isForm ? (new URLSearchParams(text).get("payload") ?? "") : text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
