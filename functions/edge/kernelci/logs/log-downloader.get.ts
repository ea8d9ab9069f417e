import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { TargetError } from "../../../outside/allowed-fetch.ts";
import { boundedBody } from "../../../outside/bounded-body.ts";
import { AnswerTooLarge, OutboundError, readBounded } from "../../../outside/outbound.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound, refused } from "../http/answers.ts";
import { queryOf } from "../http/parameters.ts";
import { answersOf } from "../http/shapes.ts";
import { fetchLog } from "./fetch-log.ts";
import { LogListError, parseLogList } from "./log-list.ts";

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 1_048_576;

const text = z.string();
const LogList = z
  .object({
    log_files: z.array(z.object({ specific_log_url: text, file_name: text, file_size: text, date: text })),
  })
  .openapi("KernelciLogList");

/** Contract part 08. */
export const route = createRoute({
  method: "get",
  path: "/log-downloader/",
  operationId: "listKernelciLogs",
  summary: "List the logs of an index page",
  description: "Reads the table `list` of a page of a host that KERNELCI_LOG_HOSTS lists.",
  tags: ["KernelCI"],
  request: { query: z.object({ log_download_url: text.optional().openapi({ description: "where the page is" }) }) },
  responses: {
    ...answersOf("the logs", LogList),
    403: {
      description: "the host, or one that it redirects to, is not listed or may not be reached",
      content: { "application/json": { schema: z.object({ error: text }) } },
    },
  },
});

/** Answers with the logs that a page lists. */
export async function handler(c: Context<Env>): Promise<Response> {
  const url = queryOf(c).getAll("log_download_url").at(-1) ?? "None";
  try {
    const page = await fetchLog(c, url, TIMEOUT_MS);
    const { status, statusText, body } = page;
    if (status >= 400) {
      await body?.cancel().catch(() => {});
      const side = status < 500 ? "Client" : "Server";
      return refused(c, `${status} ${side} Error: ${statusText} for url: ${page.url.href}`);
    }
    const limits = { maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, idleMs: TIMEOUT_MS };
    const html = await readBounded(body && boundedBody(body, limits), MAX_BYTES);
    const files = parseLogList(new TextDecoder().decode(html), page.url);
    if (files.length === 0) return nothingFound(c, "No log files found");
    return jsonAnswer(c, JSON.stringify({ log_files: files }));
  } catch (error) {
    const { text: reason, status = 400 } = reasonOf(error, url);
    return refused(c, reason, status);
  }
}

function reasonOf(error: unknown, url: string): { text: string; status?: 403 } {
  if (error instanceof LogListError) return { text: error.message };
  if (error instanceof AnswerTooLarge) return { text: `The page is larger than ${MAX_BYTES} bytes.` };
  if (error instanceof TargetError) {
    if (error.fault === "host") return { text: "Domain not allowed", status: 403 };
    return { text: error.fault === "url" ? `Invalid URL '${url}': ${error.message}` : error.message };
  }
  if (error instanceof OutboundError) return { text: "The host does not answer." };
  throw error;
}
