import { z } from "@hono/zod-openapi";
import { StatusCount } from "./shapes.ts";

const optional = z.string().nullable();
const duration = z.number().nullable().openapi({ description: "seconds" });
const document = z.looseObject({}).nullable();
const files = z.array(z.object({ name: z.string(), url: z.string() })).nullable();
const texts = z.array(z.string()).nullable();
const flag = z.boolean().nullable();

/** What builds and tests take over from their checkout. */
const checkout = {
  ...{ git_commit_hash: optional, git_repository_branch: optional, git_repository_url: optional },
  ...{ git_commit_tags: texts, tree_name: optional },
};
const logged = { log_excerpt: optional, log_url: optional, input_files: files, output_files: files };

/** Of one build (contract part 07). */
export const BuildDetails = z
  .object({
    ...{ id: z.string(), origin: optional, architecture: optional, config_name: optional, misc: document },
    ...{ config_url: optional, compiler: optional, status: z.string(), duration, start_time: optional },
    ...{ ...checkout, ...logged, checkout_id: z.string(), command: optional, comment: optional },
    ...{ git_commit_name: optional, build_origin: z.string() },
  })
  .openapi("KernelciBuildDetails");

/** Of one test. */
export const TestDetails = z
  .object({
    ...{ field_timestamp: optional, id: z.string(), build_id: z.string(), status: z.string(), path: optional },
    ...{ ...checkout, ...logged, misc: document, environment_misc: document, start_time: optional },
    ...{ environment_compatible: texts, compiler: optional, architecture: optional, config_name: optional },
    ...{ origin: optional, test_origin: z.string() },
  })
  .openapi("KernelciTestDetails");

/** A test as its build and its issues list it. */
export const TestOfBuild = z.object({
  ...{ id: z.string(), status: z.string(), duration, path: optional, start_time: optional },
  ...{ environment_compatible: texts, environment_misc: document, lab: optional },
});

/** An issue with how often it was seen. */
export const SeenIssue = z
  .object({
    ...{ id: z.string(), version: z.int(), comment: optional, report_url: optional, incidents_info: StatusCount },
  })
  .openapi("KernelciIssueSeen");

/** An issue as lists and details have it. */
export const Issue = z.object({
  ...{ field_timestamp: optional, id: z.string(), version: z.int(), origin: z.string(), comment: optional },
  ...{ culprit_code: flag, culprit_tool: flag, culprit_harness: flag, categories: texts },
});

/** Where an issue was seen, and when that was stored. */
export const Incident = z
  .object({
    ...{
      first_seen: optional,
      git_commit_hash: optional,
      git_repository_url: optional,
      git_repository_branch: optional,
    },
    ...{ git_commit_name: optional, tree_name: optional, issue_version: z.int().nullable(), checkout_id: optional },
  })
  .openapi("KernelciIncident");

/** Everything about issues that incidents tell, by issue id. */
export const IssueExtras = z.record(
  z.string(),
  z.object({
    first_incident: Incident,
    last_incident: Incident,
    versions: z.record(
      z.string(),
      z
        .object({
          ...{ id: z.string(), version: z.int() },
          trees: z.array(z.object({ tree_name: z.string(), git_repository_branch: z.string() })),
          tags: z.array(z.enum(["mainline", "stable", "linux-next"])),
        })
        .nullable(),
    ),
  }),
);

/** A build as its issues list it. */
export const BuildOfIssue = z.object({
  ...{ id: z.string(), architecture: optional, config_name: optional, status: z.string(), start_time: optional },
  ...{ duration, compiler: optional, log_url: optional, tree_name: optional, git_repository_branch: optional },
  misc: document,
});

/** A test as its issues list it; one that is not stored has nothing but its id. */
export const TestOfIssue = TestOfBuild.extend({ tree_name: optional, git_repository_branch: optional });
