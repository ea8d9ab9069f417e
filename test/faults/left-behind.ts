import { rmSync } from "node:fs";
import { signalProcess } from "../../dev/processes.ts";

/**
 * Sees to it that a run which is interrupted leaves neither processes nor data behind. Returns the calling off, for a run
 * that cleaned up by itself.
 */
export function leaveNothing(pids: ReadonlyMap<string, number>, folder: string): () => void {
  const clear = () => {
    for (const pid of pids.values()) signalProcess(pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", clear);
  return () => void process.off("exit", clear);
}
