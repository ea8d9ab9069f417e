import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";
import type { Referred } from "../../render/eosc-perf/keys.ts";
import { benchmarks, flavors, tags } from "../../schema/index.ts";

const Status = z.enum(["on_review", "approved"]).nullable();
const Facts = z.object({
  benchmark: Status,
  flavor: Status,
  schema: z.string().nullable(),
  schemaMark: z.string().nullable(),
  missingTag: z.string().nullable(),
});

/**
 * Everything a result's upload depends on: status of benchmark and flavor (null: there is none), text and mark of the
 * schema, the first tag that is not there. The mark changes whenever the benchmark does.
 */
export type UploadFacts = z.infer<typeof Facts>;

/** Looks up what an upload depends on. */
export async function uploadFacts(db: Database, { benchmark_id, flavor_id, tags_ids }: Referred): Promise<UploadFacts> {
  return await onlyRow(
    db,
    Facts,
    sql`
    select b.status as benchmark, f.status as flavor, b.json_schema::text as schema, b.xmin::text as "schemaMark", (
      select wanted.id
      from jsonb_array_elements_text(${JSON.stringify(tags_ids)}::jsonb) with ordinality as wanted (id, turn)
      where not exists (select from ${tags} t where t.id = wanted.id::uuid) order by wanted.turn limit 1
    ) as "missingTag"
    from (select 1) one
    left join ${benchmarks} b on b.id = ${benchmark_id}::uuid
    left join ${flavors} f on f.id = ${flavor_id}::uuid`,
  );
}
