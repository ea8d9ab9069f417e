import { join } from "node:path";
import * as z from "zod";
import type { Edge, EdgeOptions } from "./edge.ts";
import { type KeptChildOptions, keptChild } from "./kept-child.ts";

const ENTRY = join(import.meta.dirname, "..", "functions", "edge", "node.ts");
const Up = z.object({ up: z.url() });
const Done = z.object({ task: z.literal("scheduled"), failure: z.string() });

type NodeEdgeOptions = EdgeOptions & Pick<KeptChildOptions, "onPid" | "onUp" | "livenessSeconds">;

/** The edge of the self-host mode as a process: the same app on Node, with the same settings. */
export async function startNodeEdge(options: NodeEdgeOptions): Promise<Edge> {
  const { port, bindings, entry, onLog = () => {}, onPid, onUp, livenessSeconds } = options;
  if (entry !== undefined) throw new Error("the self-host mode has no other entry than the project's");
  const child = keptChild({
    name: "edge",
    entry: ENTRY,
    env: { ...bindings, PORT: String(port) },
    onLog,
    onPid,
    onUp,
    livenessSeconds,
  });
  try {
    const { up } = Up.parse(await child.start());
    return {
      url: up,
      port: Number(new URL(up).port),
      pids: () => (child.pid === undefined ? [] : [child.pid]),
      async scheduled() {
        const { failure } = Done.parse(await child.ask("scheduled"));
        if (failure !== "") throw new Error(`the cron trigger failed: ${failure}`);
      },
      tell: child.tell,
      stop: child.stop,
    };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
