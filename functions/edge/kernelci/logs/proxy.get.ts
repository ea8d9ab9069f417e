import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { TargetError } from "../../../outside/allowed-fetch.ts";
import { boundedBody } from "../../../outside/bounded-body.ts";
import { OutboundError, type StreamedAnswer } from "../../../outside/outbound.ts";
import type { Env } from "../../env.ts";
import { refused } from "../http/answers.ts";
import type { Renderer } from "../http/negotiation.ts";
import { queryOf } from "../http/parameters.ts";
import { fetchLog } from "./fetch-log.ts";

const TIMEOUT_MS = 45_000;
/** A log of the largest size by a slow line. */
const BODY_TIMEOUT_MS = 15 * 60_000;
/** These have no body that could say what went wrong. */
const WITHOUT_BODY = [101, 204, 205, 304];
/** What the log says of itself; everything else of the answer stays here. */
const PASSED_ON = ["content-disposition", "content-length"];
/** A log may be a page of somebody else's: a browser shows it, and runs nothing of it. */
const SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const Failure = z.object({ error: z.string() });
const failure = (description: string) => ({ description, content: { "application/json": { schema: Failure } } });

/** Contract part 08. */
export const route = createRoute({
  method: "get",
  path: "/proxy/",
  operationId: "proxyKernelciLog",
  summary: "Fetch a log for the browser",
  description: "Only of hosts that KERNELCI_LOG_HOSTS lists, by http or https. The log is passed on as it comes.",
  tags: ["KernelCI"],
  request: { query: z.object({ url: z.string().optional().openapi({ description: "where the log is" }) }) },
  responses: {
    200: { description: "the log, with the content type of its host", content: { "*/*": { schema: z.string() } } },
    400: failure("`url` is not one of http or https, or holds credentials"),
    403: failure("the host, or one that it redirects to, is not listed or may not be reached"),
    404: {
      description: "what the host says, or no such `format`",
      content: { "application/json": { schema: z.union([Failure, z.object({ detail: z.string() })]) } },
    },
    500: failure("the host does not answer"),
    502: failure("the log is too large, or there are more than five redirects"),
    default: failure("the status of the host, when that is not 200"),
  },
});

/** Whatever a caller accepts, a log comes as it is. */
export const renderers: readonly Renderer[] = [
  { format: "json", type: "application/json" },
  { format: "json", type: "text/html" },
];

/** Answers with the log at a URL. */
export async function handler(c: Context<Env>): Promise<Response> {
  const url = queryOf(c).getAll("url").at(-1) ?? "";
  try {
    const answer = await fetchLog(c, url, TIMEOUT_MS);
    if (answer.status === 200) return await passedOn(c, answer);
    await answer.body?.cancel().catch(() => {});
    const hasBody = !WITHOUT_BODY.includes(answer.status);
    const reason = answer.statusText || `status ${answer.status}`;
    return refused(c, `Failed to fetch resource: ${reason}`, statusOf(hasBody ? answer.status : 502));
  } catch (error) {
    if (error instanceof TargetError) {
      if (error.fault === "host") return refused(c, "Domain not allowed", 403);
      if (error.fault === "redirects") return refused(c, "Failed to fetch resource: too many redirects", 502);
      return refused(c, "Invalid URL");
    }
    if (error instanceof OutboundError) return refused(c, "Error fetching the resource", 500);
    throw error;
  }
}

async function passedOn(c: Context<Env>, { headers, body }: StreamedAnswer): Promise<Response> {
  const { KERNELCI_LOG_MAX_BYTES: maxBytes } = c.env.config;
  const isEncoded = headers.has("content-encoding");
  if (Number(headers.get("content-length") ?? 0) > maxBytes) {
    await body?.cancel().catch(() => {});
    return refused(c, `Failed to fetch resource: it is larger than ${maxBytes} bytes`, 502);
  }
  const passed = new Headers({
    "content-type": headers.get("content-type") ?? "application/octet-stream",
    "content-security-policy": SANDBOX,
  });
  // The length of an encoded body is not that of the log, which comes decoded.
  for (const name of isEncoded ? PASSED_ON.slice(0, 1) : PASSED_ON) {
    const value = headers.get(name);
    if (value !== null) passed.set(name, value);
  }
  if (c.req.method === "HEAD" || body === null) {
    await body?.cancel().catch(() => {});
    return c.body(null, 200, Object.fromEntries(passed));
  }
  const limits = { maxBytes, timeoutMs: BODY_TIMEOUT_MS, idleMs: TIMEOUT_MS };
  return c.body(boundedBody(body, limits), 200, Object.fromEntries(passed));
}

/** The caller of `refused` made sure that the status may have a body. */
const statusOf = (status: number) => status as ContentfulStatusCode;
