import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import type { Person } from "../../render/eosc-perf/keys.ts";
import { BENCHMARK } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { benchmarks } from "../../schema/index.ts";
import { type Changed, changed } from "./changed.ts";
import { awaitingReview } from "./review.ts";
import { UTC_NOW } from "./utc-now.ts";

/** What a benchmark is made of; `text` is the JSON that holds its `json_schema`, whose own text is kept. */
export type BenchmarkText = {
  docker_image: string;
  docker_tag: string;
  url: string;
  description?: string | undefined;
  text: string;
};

const schemaIn = (text: string) => sql`(${text}::json -> 'json_schema')`;

/** Makes a benchmark that awaits review; its JSON text, or undefined when image and tag are taken. */
export async function storeBenchmark(
  db: Database,
  benchmark: BenchmarkText,
  { sub, iss }: Person,
): Promise<string | undefined> {
  const { docker_image, docker_tag, url, description = null, text } = benchmark;
  return await oneJson(
    db,
    sql`
    with made as (
      insert into ${benchmarks} (id, docker_image, docker_tag, url, json_schema, description, status, uploader_sub,
        uploader_iss, upload_datetime, _submit_report_id)
      values (gen_random_uuid(), ${docker_image}, ${docker_tag}, ${url}, ${schemaIn(text)}, ${description},
        'on_review', ${sub}, ${iss}, ${UTC_NOW}, gen_random_uuid())
      on conflict (docker_image, docker_tag) do nothing returning *
    ), ${awaitingReview("benchmark")}
    select ${BENCHMARK}::text as json from made b`,
  );
}

/** Replaces what a benchmark is made of; without a description the old one stays, and so does its review status. */
export async function updateBenchmark(db: Database, id: string, benchmark: BenchmarkText): Promise<Changed> {
  const { docker_image, docker_tag, url, description = null, text } = benchmark;
  return await changed(
    db,
    sql`update ${benchmarks} set docker_image = ${docker_image}, docker_tag = ${docker_tag}, url = ${url},
        json_schema = ${schemaIn(text)}, description = coalesce(${description}, description)
      where id = ${id}::uuid returning id`,
  );
}
