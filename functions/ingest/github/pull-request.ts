import * as z from "zod";
import type { GithubFacts } from "../../../db/upserts/github/facts.ts";
import { Repository } from "./repository.ts";
import { Instant, OptionalInstant } from "./timestamps.ts";

/** `pull_request`, any action (contract section 3). */
export const PullRequestEvent = z.looseObject({
  pull_request: z.looseObject({
    number: z.int().max(2_147_483_647),
    title: z.string().nullish(),
    state: z.string().nullish(),
    merged: z.boolean().nullish(),
    merged_at: OptionalInstant,
    closed_at: OptionalInstant,
    updated_at: Instant,
    user: z.looseObject({ login: z.string() }).nullish(),
    head: z.looseObject({ ref: z.string().nullish(), sha: z.string().nullish() }).nullish(),
    base: z.looseObject({ ref: z.string().nullish() }).nullish(),
  }),
  repository: Repository,
});

/** One snapshot of one pull request. */
export function factsOfPull(
  { pull_request: pull, repository }: z.infer<typeof PullRequestEvent>,
  arrival: string,
): Partial<GithubFacts> {
  return {
    pulls: [
      {
        repoId: repository.id,
        number: pull.number,
        title: pull.title ?? null,
        state: pull.state ?? null,
        merged: pull.merged ?? pull.merged_at !== null,
        author: pull.user?.login ?? null,
        headRef: pull.head?.ref ?? null,
        headSha: pull.head?.sha ?? null,
        baseRef: pull.base?.ref ?? null,
        mergedAt: pull.merged_at,
        closedAt: pull.closed_at,
        updatedAt: pull.updated_at,
        arrival,
      },
    ],
  };
}
