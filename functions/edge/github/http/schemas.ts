import { z } from "@hono/zod-openapi";

/*
 * What answers look like, for the OpenAPI description: the fields the contract names (section 7). Snapshots carry every
 * further field that GitHub sent.
 */

/** Ids need not fit a double. */
const Id = z.number().multipleOf(1).openapi({ type: "integer", format: "int64", example: 13401727532 });
const Instant = z.iso.datetime().openapi({ example: "2025-03-20T11:47:50Z" });
const Url = z.string().openapi({ example: "https://github.com/iree-org/iree/actions/runs/13401727532" });
const User = z.looseObject({ login: z.string().openapi({ example: "octocat" }) });
const Person = z.object({ name: z.string().nullable(), email: z.string().nullable(), date: Instant.nullable() });
const Account = User.extend({ html_url: Url, url: Url });

export const Repository = z
  .looseObject({
    id: Id,
    name: z.string().openapi({ example: "iree" }),
    full_name: z.string().openapi({ example: "iree-org/iree" }),
    owner: User,
    private: z.boolean(),
    archived: z.boolean(),
    default_branch: z.string().nullable().openapi({ example: "main" }),
    url: Url,
  })
  .openapi("GithubRepository");

export const Branch = z
  .object({
    name: z.string().openapi({ example: "main" }),
    commit: z.object({ sha: z.string().nullable(), url: Url.nullable() }),
    protected: z.boolean(),
  })
  .openapi("GithubBranch");

export const Commit = z
  .object({
    sha: z.string(),
    url: Url,
    node_id: z.string().nullable().openapi({ description: "null where only a push or a run told of the commit" }),
    html_url: Url,
    comments_url: Url,
    commit: z.object({
      url: Url,
      message: z.string().nullable(),
      author: Person.nullable(),
      committer: Person.nullable().openapi({ description: "the author where nobody told of a committer" }),
      tree: z.object({ sha: z.string().nullable(), url: Url.nullable() }),
      comment_count: z.literal(0),
    }),
    author: Account.nullable(),
    committer: Account.nullable(),
    parents: z
      .array(z.object({ sha: z.string(), url: Url, html_url: Url }))
      .openapi({ description: "empty also where only a push or a run told of the commit" }),
  })
  .openapi("GithubCommit");

export const WholeBranch = Branch.extend({
  commit: z.union([Commit, Branch.shape.commit]).openapi({ description: "the commit at the head" }),
  _links: z.object({ self: Url, html: Url }),
  protection: z.object({
    enabled: z.boolean(),
    required_status_checks: z.object({
      enforcement_level: z.literal("off"),
      contexts: z.array(z.string()),
      checks: z.array(z.string()),
    }),
  }),
  protection_url: Url,
}).openapi("GithubWholeBranch");

export const Artifacts = z.object({ total_count: z.literal(0), artifacts: z.array(z.looseObject({})).max(0) });

export const Workflow = z
  .looseObject({
    id: Id,
    node_id: z.string().nullable(),
    name: z.string().openapi({ example: "CI" }),
    path: z.string().nullable().openapi({ example: ".github/workflows/ci.yml" }),
    state: z.string().nullable().openapi({ example: "active" }),
    created_at: Instant.nullable(),
    updated_at: Instant.nullable(),
    url: Url.nullable(),
    html_url: Url.nullable(),
    badge_url: Url.nullable(),
  })
  .openapi("GithubWorkflow");

export const Run = z
  .looseObject({
    id: Id,
    name: z.string().nullable(),
    head_branch: z.string().nullable(),
    head_sha: z.string().nullable(),
    path: z.string().nullable(),
    display_title: z.string().nullable(),
    run_number: z.int().nullable(),
    run_attempt: z.int(),
    event: z.string().nullable().openapi({ example: "push" }),
    status: z.string().nullable().openapi({ example: "completed" }),
    conclusion: z.string().nullable().openapi({ example: "success" }),
    workflow_id: Id.nullable(),
    check_suite_id: Id.nullable(),
    url: Url.nullable(),
    html_url: Url.nullable(),
    pull_requests: z.array(z.looseObject({})),
    created_at: Instant,
    updated_at: Instant,
    run_started_at: Instant.nullable(),
    actor: User.nullable(),
    triggering_actor: User.nullable(),
    head_commit: z.looseObject({ id: z.string() }).nullable(),
    repository: z.looseObject({}).nullable(),
    head_repository: z.looseObject({}).nullable(),
  })
  .openapi("GithubRun");

export const Job = z
  .looseObject({
    id: Id,
    run_id: Id,
    run_attempt: z.int(),
    name: z.string().nullable(),
    status: z.string().nullable().openapi({ example: "completed" }),
    conclusion: z.string().nullable().openapi({ example: "success" }),
    created_at: Instant.nullable(),
    started_at: Instant.nullable(),
    completed_at: Instant.nullable(),
    labels: z.array(z.string()),
    steps: z.array(z.looseObject({})).nullable(),
    runner_name: z.string().nullable(),
    runner_group_name: z.string().nullable(),
    workflow_name: z.string().nullable(),
    head_branch: z.string().nullable(),
  })
  .openapi("GithubJob");

export const RateLimit = z
  .object({ limit: z.int(), used: z.int(), remaining: z.int(), reset: z.int() })
  .openapi("GithubRateLimit", { description: "`reset` in seconds since 1970" });
