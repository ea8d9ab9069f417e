import { once } from "node:events";
import { createServer, IncomingMessage, type Server } from "node:http";
import { Readable } from "node:stream";
import { getRequestListener, RequestError } from "@hono/node-server";
import { bareAnswer } from "../http/bare-answer.ts";
import { noteGetBody } from "../http/get-body.ts";
import { log } from "../http/log.ts";
import { answerClientErrors } from "./client-errors.ts";
import type { NodeConfig } from "./config.ts";
import { dropUnreadBody } from "./unread-body.ts";

/** Longer than the idle time of the usual proxies in front, so that it is they who close a kept connection. */
const KEEP_ALIVE_MS = 75_000;
/** Headers are one packet; a caller who trickles them is not waited for. */
const HEADERS_MS = 10_000;
/** Address and headers together. */
const HEADER_BYTES = 32 * 1024;
/** A caller who reads nothing of its answer for that long is cut off. */
const SILENCE_MS = 60_000;
/** Requests in hand may take that long when the server stops; what asks it to stop usually waits 30 s. */
const STOP_MS = 25_000;

/** A server that listens. */
export type Listening = { address: string; close(): Promise<void> };

type Limits = Pick<NodeConfig, "HOST" | "PORT" | "PUBLIC_SCHEME" | "REQUEST_TIMEOUT_SECONDS">;

/** Answers a request that came from an address. */
type Fetch = (request: Request, address: string | undefined) => Promise<Response> | Response;

/** Serves a `fetch` handler by HTTP/1.1, keep-alive and with limits on slow callers. */
export async function listen(fetch: Fetch, limits: Limits) {
  const requestTimeout = limits.REQUEST_TIMEOUT_SECONDS * 1_000;
  const server = createServer(
    {
      requestTimeout,
      headersTimeout: Math.min(HEADERS_MS, requestTimeout),
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: HEADER_BYTES,
      noDelay: true,
    },
    getRequestListener(
      (request, { incoming }) => {
        if (incoming instanceof IncomingMessage && incoming.method === "GET" && hasBody(incoming))
          noteGetBody(request, () => Readable.toWeb(incoming).getReader());
        return fetch(request, incoming.socket.remoteAddress);
      },
      { errorHandler: answerUnreadable, autoCleanupIncoming: false },
    ),
  );
  server.timeout = SILENCE_MS;
  answerClientErrors(server);
  server.prependListener("request", dropUnreadBody);
  // Where TLS ends before us, links must say https all the same: the adapter asks the socket.
  if (limits.PUBLIC_SCHEME === "https") server.on("connection", (socket) => Object.assign(socket, { encrypted: true }));
  server.listen(limits.PORT, limits.HOST);
  await once(server, "listening");
  return { address: originOf(server, limits.HOST), close: () => close(server) } satisfies Listening;
}

/** Whether a request says that a body follows (RFC 9112, section 6). */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** A request that can't even be given to the app: a host or a target that is no URL. */
function answerUnreadable(error: unknown): Response {
  if (error instanceof RequestError)
    return bareAnswer(400, "bad_request", "The request's target or host is malformed.");
  const requestId = crypto.randomUUID();
  log("unhandled", { requestId, error: String(error) });
  return bareAnswer(500, "internal", "The request failed.", requestId);
}

/** Accepts nothing more, finishes the requests in hand and says `Connection: close` with them. */
async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.prependListener("request", (_request, response) => {
    response.shouldKeepAlive = false;
  });
  server.close();
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const late = setTimeout(() => server.closeAllConnections(), STOP_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}

function originOf(server: Server, host: string): string {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no address");
  const isEvery = host === "0.0.0.0" || host === "::";
  const name = isEvery ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${address.port}`;
}
