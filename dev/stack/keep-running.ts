import { setTimeout as sleep } from "node:timers/promises";
import type { Postgres } from "../postgres.ts";
import type { Holder } from "../restartable.ts";

/** Starts PostgreSQL again, and again, when it ends without having been stopped. */
export async function keepRunning(holder: Holder<Postgres>, started: Postgres, onLog: (line: string) => void) {
  await started.exited;
  if (holder.current !== started) return;
  await holder.stop();
  while (holder.current === undefined) {
    onLog("PostgreSQL ended by itself, starting it again");
    await holder.start().catch((error: unknown) => onLog(String(error)));
    await sleep(1_000);
  }
}
