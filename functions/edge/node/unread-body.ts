import type { IncomingMessage, ServerResponse } from "node:http";

/** A sender who writes all before it reads has that long to come to its answer. */
const DROP_MS = 10_000;
const DROP_BYTES = 64 * 1_048_576;

/**
 * After an answer that did not wait for the whole body: drops what still comes, so that the sender sees the answer and the
 * connection can be used again, and closes the connection of who goes on for too long.
 */
export function dropUnreadBody(request: IncomingMessage, response: ServerResponse): void {
  response.once("finish", () => {
    if (request.readableEnded || request.destroyed) return;
    const late = setTimeout(() => request.socket.destroy(), DROP_MS);
    let dropped = 0;
    // Whoever read before has stopped midway, and would stop us too.
    request.removeAllListeners("data");
    request.on("data", (chunk: Buffer) => {
      dropped += chunk.byteLength;
      if (dropped > DROP_BYTES) request.socket.destroy();
    });
    request.once("close", () => clearTimeout(late));
    request.resume();
  });
}
