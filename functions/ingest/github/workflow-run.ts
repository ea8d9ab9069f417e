import * as z from "zod";
import type { GithubId } from "../../../db/schema/github-id.ts";
import type { GithubFacts } from "../../../db/upserts/github/facts.ts";
import { readDetails } from "./commit-details.ts";
import { Id } from "./id.ts";
import { Repository } from "./repository.ts";
import { rankOf, statusOrDefault } from "./status.ts";
import { Instant, OptionalInstant } from "./timestamps.ts";

const HeadCommit = z.looseObject({
  id: z.string().min(1),
  message: z.string().nullish(),
  timestamp: OptionalInstant,
  author: z.looseObject({ name: z.string().nullish() }).nullish(),
  committer: z.unknown().optional(),
  tree_id: z.unknown().optional(),
});

/** The number of an attempt, which tells it from the others; one that is not sent is the first. */
export const Attempt = z.int().positive().max(1_000_000).default(1);

/** A run as webhooks and REST send it; checked as far as rows need it, kept whole. */
export const Run = z.looseObject({
  id: Id,
  run_attempt: Attempt,
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  created_at: Instant,
  updated_at: Instant,
  run_started_at: OptionalInstant,
  name: z.string().nullish(),
  event: z.string().nullish(),
  head_branch: z.string().nullish(),
  head_sha: z.string().nullish(),
  html_url: z.string().nullish(),
  workflow_id: Id.nullish(),
  check_suite_id: Id.nullish(),
  actor: z.looseObject({ login: z.string() }).nullish(),
  head_repository: z.looseObject({ id: Id }).nullish(),
  head_commit: HeadCommit.nullish(),
});

/** A workflow as webhooks and REST send it. */
export const Workflow = z.looseObject({
  id: Id,
  name: z.string(),
  path: z.string().nullish(),
  state: z.string().nullish(),
  html_url: z.string().nullish(),
  updated_at: OptionalInstant,
});

/** `workflow_run`, every action (contract section 3). */
export const WorkflowRunEvent = z.looseObject({
  workflow_run: Run,
  workflow: Workflow.nullish(),
  repository: Repository,
});

/** One snapshot of one attempt, and its head commit for the case that nobody else tells of it. `sent` is kept as it came. */
export function factsOfRun(
  run: z.infer<typeof Run>,
  sent: Record<string, unknown>,
  repoId: GithubId,
  arrival: string,
): Partial<GithubFacts> {
  const head = run.head_commit;
  const status = statusOrDefault(run.status, run.conclusion);
  return {
    attempts: [
      {
        runId: run.id,
        attempt: run.run_attempt,
        repoId,
        status,
        conclusion: run.conclusion ?? null,
        rank: rankOf(status),
        createdAt: run.created_at,
        runStartedAt: run.run_started_at,
        updatedAt: run.updated_at,
        committedAt: head?.timestamp ?? null,
        arrival,
        snapshot: sent,
      },
    ],
    commits: head
      ? [
          {
            repoId,
            sha: head.id,
            author: head.author?.name ?? null,
            authorUrl: null,
            message: head.message ?? null,
            time: head.timestamp,
            forced: null,
            origin: 0,
            arrival,
            details: readDetails({
              author: head.author,
              committer: head.committer,
              tree: head.tree_id,
              time: head.timestamp,
            }),
          },
        ]
      : [],
  };
}

/** A workflow's row; `sent` is kept as it came. */
export function factsOfWorkflow(
  workflow: z.infer<typeof Workflow>,
  sent: Record<string, unknown>,
  repoId: GithubId,
  arrival: string,
): Partial<GithubFacts> {
  return {
    workflows: [
      {
        workflowId: workflow.id,
        repoId,
        name: workflow.name,
        path: workflow.path ?? null,
        state: workflow.state ?? null,
        url: workflow.html_url ?? null,
        updatedAt: workflow.updated_at ?? new Date(0).toISOString(),
        arrival,
        snapshot: sent,
      },
    ],
  };
}
