import * as z from "zod";
import { rebuildDerived } from "../../db/upserts/kernelci/derived/rebuild.ts";
import { withDatabase } from "../database.ts";
import { defineVerb } from "../verb.ts";

/** Recounts everything that derives from the stored objects. */
export const rebuild = defineVerb({
  name: "rebuild",
  summary: "recount every listing, roll-up and waiting list from the stored objects",
  description:
    "All in one transaction. Submissions wait meanwhile; readers see the counts as they were until it is done. Stopped half-way, it changes nothing and can be run again.",
  values: z.object({}),
  async run(_, output) {
    await withDatabase("kernelci rebuild", async (db) => {
      const started = performance.now();
      await db.transaction((tx) =>
        rebuildDerived(tx, ({ done, checkouts }) => output.progress(`${done} of ${checkouts} checkouts counted`)),
      );
      const seconds = Number(((performance.now() - started) / 1_000).toFixed(1));
      output.result({ seconds }, `Done in ${seconds} s.`);
    });
  },
});
