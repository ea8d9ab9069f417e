import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { pipeline } from "node:stream";
import { createWebSocketStream, type WebSocket, WebSocketServer } from "ws";
import { logIn } from "./neon-proxy/login.ts";
import { type SqlEndpoint, sqlEndpoint } from "./neon-proxy/sql.ts";
import { portOf } from "./ports.ts";

/** Neon accepts requests and answers up to this size over HTTP. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export type NeonProxy = {
  /** `host:port`, the form NEON_LOCAL_PROXY takes. */
  address: string;
  port: number;
  stop(): Promise<void>;
};

/**
 * Neon's protocol in front of a plain PostgreSQL, so that the production driver is what runs: HTTP at /sql (single
 * statements and batches), WebSocket at /v2 (a tunnel to the server's own protocol). Port 0 takes a free one. The driver
 * sends its password in clear and unasked; with `logIn` the proxy logs in for it, as a server of any other setup wants.
 */
export async function startNeonProxy(options: {
  databaseUrl: string;
  port: number;
  logIn?: boolean;
}): Promise<NeonProxy> {
  const database = new URL(options.databaseUrl);
  const sql = sqlEndpoint(database);
  const server = createServer((request, response) => void answerHttp(sql, request, response));
  const sockets = new WebSocketServer({ server, path: "/v2", perMessageDeflate: false });
  sockets.on("connection", (socket, request) => {
    request.socket.setNoDelay(true);
    void tunnel(socket, database, options.logIn ?? false);
  });
  sockets.on("error", () => {});
  const port = await listen(server, options.port);
  return {
    address: `127.0.0.1:${port}`,
    port,
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      await sql.end();
    },
  };
}

async function answerHttp(sql: SqlEndpoint, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  try {
    if (request.method !== "POST" || request.url !== "/sql")
      return void send(404, { message: "POST /sql or WebSocket /v2" });
    const body = await readBody(request);
    if (body === undefined) return void send(413, { message: `the request is larger than ${MAX_BODY_BYTES} bytes` });
    const answer = await sql.answer(request.headers, body);
    send(answer.status, answer.body);
  } catch {
    response.destroy();
  }
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Copies frames to and from the server's port until either side ends. */
async function tunnel(socket: WebSocket, database: URL, logsIn: boolean): Promise<void> {
  const driver = createWebSocketStream(socket);
  driver.on("error", () => socket.terminate());
  const server = logsIn
    ? await logIn(driver, database)
    : connect({ host: database.hostname, port: Number(database.port || 5432), noDelay: true });
  if (server !== undefined) pipeline(driver, server, driver, () => socket.terminate());
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen({ port, host: "127.0.0.1" });
  await once(server, "listening");
  return portOf(server);
}
