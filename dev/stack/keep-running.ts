import { setTimeout as sleep } from "node:timers/promises";
import type { Postgres } from "../postgres.ts";
import type { Holder } from "../restartable.ts";

/** Starts PostgreSQL again, and again, when it ends without having been stopped. */
export async function keepRunning(holder: Holder<Postgres>, started: Postgres, onLog: (line: string) => void) {
  await started.exited;
  if (holder.current !== started) return;
  await holder.stop();
  for (;;) {
    onLog("PostgreSQL ended by itself, starting it again");
    try {
      // Nothing more to do once it runs: whoever stops it then means it.
      return await holder.start();
    } catch (error) {
      onLog(String(error));
    }
    await sleep(1_000);
  }
}
