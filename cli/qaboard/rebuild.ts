import * as z from "zod";
import { recountBatches } from "../../db/upserts/qaboard/rebuild.ts";
import { withDatabase } from "../database.ts";
import { defineVerb } from "../verb.ts";

/** Recounts the counters of batches. */
export const rebuild = defineVerb({
  name: "rebuild",
  summary: "recount the counters of every batch from its outputs",
  description: "In one transaction; posts of outputs wait meanwhile. Stopped half-way, it changes nothing.",
  values: z.object({}),
  async run(_, output) {
    await withDatabase("qaboard rebuild", async (db) => {
      const { batches, corrected } = await db.transaction(recountBatches);
      output.result({ batches, corrected }, `${batches} batches counted, ${corrected} of them corrected.`);
    });
  },
});
