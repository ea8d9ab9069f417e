import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { BENCHMARK } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { benchmarks } from "../../schema/index.ts";
import { betweenDays, equalTo, matchesTerms } from "./conditions.ts";
import { everyListed, type Listed, type Page } from "./listed.ts";
import { REVIEWED_FIELDS, type Reviewed, reviewedSorts } from "./reviewed.ts";
import { byBytes, orderOf, type Sort } from "./sort.ts";

const SORTS = {
  ...reviewedSorts(sql`b`),
  docker_image: byBytes(sql`b.docker_image`),
  docker_tag: byBytes(sql`b.docker_tag`),
  name: byBytes(sql`(b.docker_image || ':' || b.docker_tag)`),
  url: byBytes(sql`b.url`),
  description: byBytes(sql`b.description`),
};
export type BenchmarkField = keyof typeof SORTS;
export const BENCHMARK_FIELDS: readonly BenchmarkField[] = [
  "docker_image",
  "docker_tag",
  "name",
  "url",
  "description",
  ...REVIEWED_FIELDS,
];

/** A benchmark as JSON text, on review or approved; undefined for an unknown id. */
export async function benchmarkOf(db: Database, id: string): Promise<string | undefined> {
  return await oneJson(db, sql`select ${BENCHMARK}::text as json from ${benchmarks} b where b.id = ${id}::uuid`);
}

/** What benchmarks are chosen by: exact image and tag, terms in image, tag or description. */
export type BenchmarkChoice = Reviewed & {
  docker_image?: string | undefined;
  docker_tag?: string | undefined;
  terms?: readonly string[];
};

/** A page of benchmarks. */
export async function benchmarksBy(
  db: Database,
  question: BenchmarkChoice & { sorts: readonly Sort<BenchmarkField>[]; page: Page },
): Promise<Listed> {
  const { status, upload_before, upload_after, docker_image, docker_tag, terms = [], sorts, page } = question;
  return await everyListed(db, {
    from: sql`${benchmarks} b`,
    where: [
      sql`b.status = ${status}`,
      ...betweenDays(sql`b.upload_datetime`, upload_before, upload_after),
      ...equalTo({ docker_image: sql`b.docker_image`, docker_tag: sql`b.docker_tag` }, { docker_image, docker_tag }),
      ...matchesTerms([sql`b.docker_image`, sql`b.docker_tag`, sql`b.description`], terms),
    ],
    item: BENCHMARK,
    order: orderOf(sorts, SORTS, sql`b.id`),
    page,
  });
}
