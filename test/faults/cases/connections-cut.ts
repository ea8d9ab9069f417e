import { setTimeout as sleep } from "node:timers/promises";
import { startCuttingProxy } from "../cutting-proxy.ts";
import { endOneBackend } from "../end-backend.ts";
import type { Fault } from "../fault.ts";

/** Connections to Postgres break at any point, commits included: cut on the way, or ended by the server. */
export const connectionsCut: Fault = {
  name: "connections-cut",
  quick: false,
  async between({ neon }, random) {
    const proxy = await startCuttingProxy(neon, () => random() < 0.01);
    return { env: { NEON_LOCAL_PROXY: `127.0.0.1:${proxy.port}` }, stop: proxy.stop };
  },
  async run({ sender, load, pool }) {
    let over = false;
    const sending = sender.send(load).finally(() => {
      over = true;
    });
    let ended = 0;
    while (!over) {
      await sleep(300);
      ended += await endOneBackend(pool);
    }
    await sending;
    return ended > 0 ? [] : ["no connection was ended by the server"];
  },
};
