import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { signalProcess } from "../../../dev/processes.ts";
import type { Fault, Scene } from "../fault.ts";

const BACK_WITHIN_MS = 60_000;

/**
 * PostgreSQL, which syncs each commit, is killed (SIGKILL) under load and started again by the stack, twice: its first process
 * only, then all of its processes. No commit is lost.
 */
export const postgresKilled: Fault = {
  name: "postgres-killed",
  quick: true,
  async run(scene) {
    const sending = scene.sender.send(scene.load);
    const wrong: string[] = [];
    for (const listVictims of [(pid: number) => [pid], withChildren]) {
      await sleep(1_500);
      const killed = scene.pidOf("postgres");
      for (const pid of listVictims(killed)) signalProcess(pid, "SIGKILL");
      wrong.push(...(await untilBack(scene, killed)));
    }
    await sending;
    return wrong;
  },
};

/** A process and those that it started: PostgreSQL's backends lead groups of their own. */
function withChildren(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  return [pid, ...children];
}

async function untilBack({ pool, pidOf }: Scene, killed: number): Promise<string[]> {
  const end = performance.now() + BACK_WITHIN_MS;
  while (performance.now() < end) {
    await sleep(250);
    const isBack = await pool.query("select 1").then(
      () => true,
      () => false,
    );
    if (isBack && pidOf("postgres") !== killed) return [];
  }
  return ["PostgreSQL did not come back within a minute"];
}
