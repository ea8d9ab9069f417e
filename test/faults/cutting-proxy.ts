import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { Random } from "./random.ts";

/** A TCP proxy that cuts a connection whenever the chance comes up, before a chunk of the server's answer goes on. */
export async function startCuttingProxy(target: number, random: Random, chance: number) {
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
    upstream.on("data", (chunk) => {
      if (random() >= chance) return void client.write(chunk);
      cuts += 1;
      end();
    });
  });
  server.listen({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const address = server.address();
  return {
    address: `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    cuts: () => cuts,
    async stop() {
      server.close();
    },
  };
}
