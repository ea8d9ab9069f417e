import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import { afterAll, beforeAll } from "vitest";

/** A host of logs on this machine. */
export type LogHost = { host: string; seen: IncomingHttpHeaders[] };

/** Plays a host of logs for the tests of one file, and notes the headers that it was asked with. */
export function logHost(answer: RequestListener): { ready(): Promise<LogHost>; get(): LogHost } {
  let server: Server | undefined;
  let started: Promise<LogHost> | undefined;
  let host: LogHost | undefined;
  const start = async (): Promise<LogHost> => {
    const seen: IncomingHttpHeaders[] = [];
    server = createServer((request, response) => {
      seen.push(request.headers);
      answer(request, response);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    host = { host: `127.0.0.1:${Object(server.address()).port}`, seen };
    return host;
  };
  const ready = () => {
    started ??= start();
    return started;
  };
  beforeAll(async () => void (await ready()));
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
  });
  return {
    ready,
    get() {
      if (host === undefined) throw new Error("the host is started before the tests, not before that");
      return host;
    },
  };
}
