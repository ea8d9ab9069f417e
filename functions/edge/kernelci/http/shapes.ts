import { z } from "@hono/zod-openapi";
import { STATUSES } from "../../../../db/queries/kernelci/status-count.ts";

const texts = z.array(z.string());
const optional = z.string().nullable();
const duration = z.number().nullable().openapi({ description: "seconds" });

/** How many there are of each status. */
export const StatusCount = z
  .object(Object.fromEntries(STATUSES.map((status) => [status, z.int()])))
  .openapi("KernelciStatusCount");

const ByKey = z.record(z.string(), StatusCount);

/** A build in a list. */
export const BuildItem = z
  .object({
    ...{ id: z.string(), origin: z.string(), architecture: z.string(), config_name: z.string() },
    ...{ misc: z.looseObject({}).nullable(), config_url: optional, compiler: z.string(), status: z.string(), duration },
    ...{ log_url: optional, start_time: optional, git_repository_url: optional, git_repository_branch: optional },
  })
  .openapi("KernelciBuild");

/** A boot or another test in a list. */
export const TestItem = z
  .object({
    ...{ id: z.string(), origin: z.string(), status: z.string(), duration, path: z.string(), start_time: optional },
    ...{ environment_compatible: texts.nullable(), config: z.string(), log_url: optional, architecture: z.string() },
    ...{ compiler: z.string(), environment_misc: z.looseObject({ platform: z.string() }), lab: z.string() },
  })
  .openapi("KernelciTest");

/** Issues with their incidents, and failures without one. */
const Issues = z.object({
  issues: z.array(
    z.object({
      ...{ id: z.string(), version: z.int(), comment: optional, report_url: optional, incidents_info: StatusCount },
    }),
  ),
  unknown_issues: z.int().openapi({ description: "failures without an issue" }),
});

export const BuildSummary = Issues.extend({
  ...{ status: StatusCount, origins: ByKey, configs: ByKey, labs: ByKey },
  architectures: z.record(z.string(), z.looseObject({ compilers: texts })),
});

export const TestSummary = Issues.extend({
  ...{ status: StatusCount, origins: ByKey, configs: ByKey, labs: ByKey },
  architectures: z.array(z.object({ arch: z.string(), compiler: z.string(), status: StatusCount })),
  fail_reasons: z.record(z.string(), z.int()),
  failed_platforms: z.array(optional),
  environment_compatible: z.record(z.string(), z.record(z.string(), z.int())),
  environment_misc: z.record(z.string(), z.record(z.string(), z.int())),
  platforms: z.null(),
});

export const Offered = z.object({
  issues: z.array(z.tuple([z.string(), z.int()])),
  ...{ origins: texts, has_unknown_issue: z.boolean(), labs: texts },
});

/** The figures of a commit, and what they can be filtered by. */
export const Summary = z
  .object({
    common: z.object({ hardware: texts, tree_url: z.string(), git_commit_tags: texts.nullable() }),
    summary: z.object({ builds: BuildSummary, boots: TestSummary, tests: TestSummary }),
    filters: z.object({
      all: z.object({ configs: texts, architectures: texts, compilers: texts }),
      ...{ builds: Offered, boots: Offered, tests: Offered },
    }),
  })
  .openapi("KernelciSummary");

const NotFound = z.object({ error: z.string() });

/** The answers of a read: what was asked for, or a text that says there is nothing; and what is wrong with a request. */
export function answersOf(description: string, schema: z.ZodType) {
  const json = (of: z.ZodType) => ({ content: { "application/json": { schema: of } } });
  return {
    200: {
      description: `${description}; or an error text when there is nothing`,
      ...json(z.union([schema, NotFound])),
    },
    400: { description: "a parameter is missing or wrong", ...json(z.union([NotFound, z.string()])) },
  };
}
