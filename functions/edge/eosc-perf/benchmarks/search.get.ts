import { z } from "@hono/zod-openapi";
import { BENCHMARK_FIELDS, benchmarksBy } from "../../../../db/queries/eosc-perf/benchmarks.ts";
import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { pageOf, pageResponse } from "../http/pages.ts";
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

/** Answers with a page of the benchmarks that every term is found in (contract section 5). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/benchmarks:search",
    operationId: "SearchBenchmarks",
    summary: "Search benchmarks by image, tag and description",
    tags: ["EOSC-Perf benchmarks"],
    request: { query: Query },
    responses: { ...success(200, "a page of benchmarks", pageOf(Benchmark)), ...REFUSALS.unknown, ...REFUSALS.invalid },
  },
  access: anyone,
  handler: async (c, { query }) => {
    const sorts = readSorts(query.sort_by, among(BENCHMARK_FIELDS));
    return pageResponse(c, Benchmark, query, await benchmarksBy(c.env.db, { ...query, sorts, page: query }));
  },
});
