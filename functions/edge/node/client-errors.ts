import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Statuses of what Node's parser and clock find; anything else is a bad request. */
const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Answers what is no HTTP and closes the connection. Node by itself would cut off the answer of a whole request that came
 * before: its sender would take for refused what was accepted.
 */
export function answerClientErrors(server: Server): void {
  const latest = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>();
  server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, { request, response });
  });
  server.on("clientError", (error: Error & { code?: string }, socket) => {
    const before = latest.get(socket);
    if (before?.request.complete && !before.response.writableFinished) {
      before.response.shouldKeepAlive = false;
      // Headers that are out already promised to keep the connection.
      before.response.once("finish", () => socket.end());
      return;
    }
    // An answer may also have gone out before its request was whole; a second one would be taken for the next request's.
    const isAnswered =
      before?.response.headersSent === true && !(before.request.complete && before.response.writableFinished);
    if (!socket.writable || isAnswered || error.code === "ECONNRESET") return void socket.destroy();
    const status = STATUSES[error.code ?? ""] ?? 400;
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
      socket.destroy(),
    );
  });
}
