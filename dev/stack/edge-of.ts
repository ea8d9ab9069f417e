import { type Edge, startEdge } from "../edge.ts";
import { startNodeEdge } from "../node-edge.ts";
import { type Holder, restartable } from "../restartable.ts";
import { LIVENESS_SECONDS, type StackOptions } from "./types.ts";

/** The edge a stack was asked for: the Worker in workerd, or the same app on Node. */
export function edgeOf(
  options: StackOptions,
  port: number,
  bindings: Readonly<Record<string, string>>,
  onUp: (isUp: boolean) => void,
): Holder<Edge> {
  const { mode, entry, onLog = () => {}, onPid = () => {} } = options;
  const shared = { port, bindings, entry, onLog: (line: string, problem: boolean) => onLog("edge", line, problem) };
  if (mode !== "node") return restartable(() => startEdge(shared));
  const livenessSeconds = options.livenessSeconds ?? LIVENESS_SECONDS;
  return restartable(() => startNodeEdge({ ...shared, livenessSeconds, onPid: (pid) => onPid("edge", pid), onUp }));
}
