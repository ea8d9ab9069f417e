import { once } from "node:events";
import { connect, createServer } from "node:net";
import { portOf } from "../../dev/ports.ts";

/** A TCP proxy that cuts a connection before a chunk of the server's answer goes on, when `isCut` says so of that chunk. */
export async function startCuttingProxy(target: number, isCut: (chunk: Buffer) => boolean) {
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect({ host: "127.0.0.1", port: target, noDelay: true });
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on("error", end).on("close", end);
    client.setNoDelay(true);
    client.pipe(upstream);
    upstream.on("data", (chunk: Buffer) => {
      if (!isCut(chunk)) return void client.write(chunk);
      cuts += 1;
      end();
    });
  });
  server.listen({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  return {
    port: portOf(server),
    cuts: () => cuts,
    async stop() {
      server.close();
    },
  };
}
