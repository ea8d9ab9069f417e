import { once } from "node:events";
import { createServer } from "node:http";

/** A service on this machine that keeps the paths it is pinged at. */
export async function startHealthChecks() {
  const pings: string[] = [];
  const server = createServer((request, response) => {
    pings.push(`${request.method} ${request.url}`);
    response.writeHead(200).end("OK");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the service has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    pings,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
