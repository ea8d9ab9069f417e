import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, Scene } from "../fault.ts";
import { untilReady } from "../until-ready.ts";
import { auditWrites } from "./audit.ts";
import { newTally } from "./outcomes.ts";
import { makePlace } from "./place.ts";
import { countRows } from "./stored.ts";
import { writeUntil } from "./writers.ts";

const WRITERS = 8;
const KILLED_WITHIN_MS = 180_000;

/**
 * A fault's parts that have people write to EOSC-Perf of the self-host mode while `kill` ends something, again and again;
 * it comes anew only when writes were acknowledged since.
 */
export function writesUnderKills(
  kill: (scene: Scene) => Promise<number>,
): Required<Pick<Fault, "stack" | "run" | "audit">> {
  let tally = newTally();
  let before: Readonly<Record<string, number>> = {};
  return {
    stack: { mode: "node", env: { EOSC_PERF_RESTORE_REJECTED_CLAIMS: "on" } },
    async run(scene) {
      tally = newTally();
      const place = await makePlace(scene);
      before = await countRows(scene.pool);
      const end = performance.now() + scene.scale.seconds * 1_000;
      let over = false;
      const writers = Array.from({ length: WRITERS }, (_, n) =>
        writeUntil(scene, place, tally, `writer-${n}`, () => over),
      );
      let kills = 0;
      for (let acknowledged = 0; kills < scene.scale.kills || performance.now() < end; ) {
        await sleep(100 + scene.random() * 200);
        if (performance.now() > end + KILLED_WITHIN_MS) break;
        if (tally.acknowledged < acknowledged + 2 * WRITERS) continue;
        acknowledged = tally.acknowledged;
        kills += await kill(scene);
      }
      over = true;
      await Promise.all(writers);
      await untilReady(scene.stack.edgeUrl);
      // What was not announced, since its edge died, the cron trigger finds.
      await scene.stack.scheduled();
      return kills >= scene.scale.kills ? [] : [`there were ${kills} kills instead of ${scene.scale.kills}`];
    },
    audit: ({ pool }) => auditWrites(pool, tally, before),
  };
}
