import { createRoute, z } from "@hono/zod-openapi";
import { BENCHMARK_FIELDS, benchmarksBy } from "../../../../db/queries/eosc-perf/benchmarks.ts";
import { checked } from "../http/mount.ts";
import { pageAnswer, pageOf } from "../http/pages.ts";
import { PageQuery, Status, sortBy, Terms, UploadDays } from "../http/parameters.ts";
import { REFUSALS, success } from "../http/responses.ts";
import { Benchmark } from "../http/schemas.ts";
import { among, readSorts } from "../http/sorting.ts";

const Query = z.strictObject({
  terms: Terms,
  sort_by: sortBy(BENCHMARK_FIELDS),
  status: Status,
  ...UploadDays,
  ...PageQuery,
});

/** Contract section 5. */
export const route = createRoute({
  method: "get",
  path: "/benchmarks:search",
  operationId: "SearchBenchmarks",
  summary: "Search benchmarks by image, tag and description",
  tags: ["EOSC-Perf benchmarks"],
  request: { query: Query },
  responses: { ...success(200, "a page of benchmarks", pageOf(Benchmark)), ...REFUSALS.unknown, ...REFUSALS.invalid },
});

/** Answers with a page of the benchmarks that every term is found in. */
export const handler = checked(route, "anonymous", async (c, { query }) => {
  const sorts = readSorts(query.sort_by, among(BENCHMARK_FIELDS));
  return pageAnswer(c, query, await benchmarksBy(c.env.db, { ...query, sorts, page: query }));
});
