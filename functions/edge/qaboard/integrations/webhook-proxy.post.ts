import { Buffer } from "node:buffer";
import { z } from "@hono/zod-openapi";
import { pythonJson } from "../../../formats/python-json.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { ApiError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { rawResponse } from "../http/raw-response.ts";
import { allowedFetch } from "./allowed-fetch.ts";
import { passOn } from "./passed-on.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
const fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const Arguments = z
  .strictObject({
    method: z
      .string()
      .toUpperCase()
      .pipe(z.enum(METHODS))
      .openapi({ type: "string", enum: [...METHODS], description: "in any case" }),
    url: z
      .string()
      .max(4_000)
      .openapi({ format: "uri", pattern: "^https?://", description: "URL of a host that is allowed" }),
    params: fields.nullish().openapi({ description: "joins the query" }),
    json: z.unknown().optional().openapi({ description: "sent as JSON" }),
    data: z.union([z.string(), fields]).nullish().openapi({ description: "sent as it is, or as a form" }),
    headers: z.record(z.string(), z.string()).nullish().openapi({ description: "sent along" }),
    cookies: fields.nullish().openapi({ description: "sent along" }),
    auth: z
      .object({ username: z.string(), password: z.string() })
      .nullish()
      .openapi({ description: "for Basic authentication" }),
  })
  .openapi("QaboardWebhookRequest");
type Arguments = z.infer<typeof Arguments>;

/** Headers that the connection decides. */
const REFUSED =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|proxy-.*|cf-.*|x-forwarded-.*)$/i;

/** Sends a request for a browser that other hosts would refuse (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/webhook/proxy/",
    operationId: "proxyQaboardWebhook",
    summary: "Send a request to an allowed host",
    tags: ["QA-Board integrations"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Arguments } } } },
    responses: {
      200: { description: "its body and headers", content: { "*/*": { schema: z.string() } } },
      default: { description: "its status, body and headers", content: { "*/*": { schema: z.string() } } },
      ...ERRORS,
      ...BODY_ERRORS,
      403: errorResponse("the host may not be asked"),
      502: errorResponse("the host does not answer"),
    },
  },
  access: writer,
  handler: async (c, { body }) => {
    const { headers, content } = readContent(body);
    const url = withParameters(body.url, body.params ?? {});
    const answer = await allowedFetch(
      { url, method: body.method, headers, ...(content === undefined ? {} : { body: content }) },
      c.env.config,
    );
    return rawResponse(passOn(answer));
  },
});

function readContent({ method, json, data, headers: given, cookies, auth }: Arguments) {
  const headers = new Headers();
  try {
    for (const [name, value] of Object.entries(given ?? {})) {
      if (REFUSED.test(name)) throw new ApiError(400, `The header ${name} cannot be set.`);
      headers.set(name, value);
    }
    const pairs = Object.entries(cookies ?? {}).map(([name, value]) => `${name}=${value}`);
    if (pairs.length > 0) headers.set("cookie", pairs.join("; "));
  } catch (error) {
    if (error instanceof TypeError) throw new ApiError(400, "A header or cookie is malformed.");
    throw error;
  }
  if (auth) {
    const credentials = Buffer.from(`${auth.username}:${auth.password}`).toString("base64");
    headers.set("authorization", `Basic ${credentials}`);
  }
  if (method === "GET" || method === "HEAD") return { headers, content: undefined };
  if (typeof data === "string") return { headers, content: data };
  if (data) {
    if (!headers.has("content-type")) headers.set("content-type", "application/x-www-form-urlencoded");
    return { headers, content: asQuery(data).toString() };
  }
  if (json === undefined || json === null) return { headers, content: undefined };
  if (!headers.has("content-type")) headers.set("content-type", "application/json");
  return { headers, content: pythonJson(json) };
}

function withParameters(text: string, params: z.infer<typeof fields>): string {
  if (!URL.canParse(text)) throw new ApiError(400, "The URL is not one of http or https.");
  const url = new URL(text);
  for (const [name, value] of asQuery(params)) url.searchParams.append(name, value);
  return url.href;
}

function asQuery(values: z.infer<typeof fields>): URLSearchParams {
  return new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
