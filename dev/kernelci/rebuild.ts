import { rebuildDerived } from "../../db/upserts/kernelci/derived/rebuild.ts";
import { onDatabase, runCommand } from "./command.ts";

const USAGE = `Usage: npm run kernelci:rebuild

Recounts every listing, roll-up and waiting list from the stored objects, in one transaction. Submissions wait meanwhile;
readers see the counts as they were until it is done. Stopped half-way, it changes nothing and can be run again.`;

await runCommand(USAGE, {}, async () => {
  await onDatabase("rebuild", async (db) => {
    const started = performance.now();
    await db.transaction((tx) =>
      rebuildDerived(tx, ({ done, checkouts }) => console.log(`${done} of ${checkouts} checkouts counted`)),
    );
    console.log(`Done in ${((performance.now() - started) / 1_000).toFixed(1)} s.`);
  });
});
