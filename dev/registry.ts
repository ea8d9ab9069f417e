import { once } from "node:events";
import { createServer } from "node:http";
import { portOf } from "./ports.ts";

export type Registry = {
  /** Base of the registry's API, without a final slash. */
  url: string;
  stop(): Promise<void>;
};

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

/**
 * A stand-in for a container registry on this machine: it knows every image except `missing/*`, which it has not, and
 * `private/*`, which it shows to nobody.
 */
export async function startRegistry({ port }: { port: number }): Promise<Registry> {
  const server = createServer(({ url = "" }, answer) => {
    const [, image] = /^\/v2\/(.+)\/manifests\/[^/]+$/.exec(url) ?? [];
    if (image === undefined) answer.writeHead(url === "/v2/" ? 200 : 404);
    else if (image.startsWith("private/")) answer.writeHead(401);
    else if (image.startsWith("missing/")) answer.writeHead(404);
    else answer.writeHead(200, { "content-type": MANIFEST }).write('{"schemaVersion":2}');
    answer.end();
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
