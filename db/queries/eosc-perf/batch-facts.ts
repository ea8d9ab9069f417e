import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import type { Referred } from "../../render/eosc-perf/keys.ts";
import { benchmarks, flavors, tags } from "../../schema/index.ts";

const Status = z.enum(["on_review", "approved"]);
const Benchmark = z.object({ id: z.string(), status: Status, schema: z.string() });
const Flavor = z.object({ id: z.string(), status: Status });
const Tag = z.object({ id: z.string() });

/** What results refer to, by id: status and schema's text, status, presence. */
export type BatchFacts = {
  benchmarks: ReadonlyMap<string, z.infer<typeof Benchmark>>;
  flavors: ReadonlyMap<string, z.infer<typeof Status>>;
  tags: ReadonlySet<string>;
};

/** Looks up what results refer to, and keeps it as it is until the transaction ends. */
export async function lockReferred(tx: Database, results: readonly Referred[]): Promise<BatchFacts> {
  const locked = <T>(row: z.ZodType<T>, columns: SQL, table: SQL, ids: readonly string[]) => {
    const wanted = sql`any(array(select jsonb_array_elements_text(${JSON.stringify([...new Set(ids)])}::jsonb)::uuid))`;
    return rows(tx, row, sql`select ${columns} from ${table} where id = ${wanted} order by id for share`);
  };
  const ofBenchmarks = await locked(
    Benchmark,
    sql`id, status, json_schema::text as schema`,
    sql`${benchmarks}`,
    results.map(({ benchmark_id }) => benchmark_id),
  );
  const ofFlavors = await locked(
    Flavor,
    sql`id, status`,
    sql`${flavors}`,
    results.map(({ flavor_id }) => flavor_id),
  );
  const ofTags = await locked(
    Tag,
    sql`id`,
    sql`${tags}`,
    results.flatMap(({ tags_ids }) => tags_ids),
  );
  return {
    benchmarks: new Map(ofBenchmarks.map((benchmark) => [benchmark.id, benchmark])),
    flavors: new Map(ofFlavors.map(({ id, status }) => [id, status])),
    tags: new Set(ofTags.map(({ id }) => id)),
  };
}
