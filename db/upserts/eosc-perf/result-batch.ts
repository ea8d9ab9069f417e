import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import type { Person, Referred } from "../../render/eosc-perf/keys.ts";
import { flavors, results, resultTags } from "../../schema/index.ts";
import { UTC_NOW } from "./utc-now.ts";

/** A checked result; `executed` is UTC, `text` the JSON that holds its document as `json`. */
export type BatchResult = Referred & { executed: string; text: string };

/** The triggers keep the values of a whole statement in memory. */
const RESULTS_PER_STATEMENT = 1_000;

/** Stores results with their tags, those of one uploader, whose benchmarks, flavors and tags are all there. */
export async function storeResults(tx: Database, batch: readonly BatchResult[], { sub, iss }: Person): Promise<void> {
  for (let at = 0; at < batch.length; at += RESULTS_PER_STATEMENT) {
    const rows = batch.slice(at, at + RESULTS_PER_STATEMENT).map((result) => ({ ...result, id: crypto.randomUUID() }));
    await tx.execute(
      sql`
      with given as materialized (
        select * from json_to_recordset(${JSON.stringify(rows)}::json)
          as g (id uuid, text text, executed timestamp, benchmark_id uuid, flavor_id uuid, tags_ids json)
      ), made as (
        insert into ${results} (id, json, execution_datetime, deleted, benchmark_id, site_id, flavor_id, uploader_sub,
          uploader_iss, upload_datetime)
        select g.id, (g.text::json -> 'json')::jsonb, g.executed, false, g.benchmark_id, f.site_id, g.flavor_id, ${sub}, ${iss},
          ${UTC_NOW}
        from given g join ${flavors} f on f.id = g.flavor_id
        returning id
      )
      insert into ${resultTags} (result_id, tag_id)
      select g.id, t.tag::uuid from given g join made on made.id = g.id
      cross join lateral json_array_elements_text(g.tags_ids) as t (tag)`,
    );
  }
}
