import * as z from "zod";
import type { RepoFact } from "../../../db/upserts/github/facts.ts";
import { Id } from "./id.ts";
import { OptionalInstant } from "./timestamps.ts";

/** A yes or no that may be missing, which means no. */
export const Flag = z
  .boolean()
  .nullish()
  .transform((flag) => flag ?? false);

/** The `repository` object of every payload, as far as rows need it; the rest is kept as sent. */
export const Repository = z.looseObject({
  id: Id,
  full_name: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  private: Flag,
  archived: Flag,
  default_branch: z.string().nullish(),
  updated_at: OptionalInstant,
  pushed_at: OptionalInstant,
});
export type Repository = z.infer<typeof Repository>;

/** `repository` and `public` events: what changed names an earlier name or owner. */
export const RepositoryEvent = z.looseObject({
  action: z.string().nullish(),
  repository: Repository,
  changes: z
    .looseObject({
      repository: z.looseObject({ name: z.looseObject({ from: z.string() }) }).nullish(),
      owner: z
        .looseObject({
          from: z.looseObject({
            user: z.looseObject({ login: z.string() }).nullish(),
            organization: z.looseObject({ login: z.string() }).nullish(),
          }),
        })
        .nullish(),
    })
    .nullish(),
});

/** An object as GitHub sent it. */
type Snapshot = Record<string, unknown>;

/** The epoch: older than anything GitHub dates. */
const LONG_AGO = new Date(0).toISOString();

/** A repository met in passing; `sent` is kept as it came. It makes an unknown one known and changes nothing else (contract section 3). */
export function repositoryMet(repository: Repository, sent: Snapshot, arrival: string): RepoFact {
  return {
    repoId: repository.id,
    name: repository.full_name,
    defaultBranch: repository.default_branch ?? null,
    private: repository.private,
    archived: repository.archived,
    deleted: false,
    updatedAt: repository.updated_at ?? LONG_AGO,
    arrival,
    snapshot: sent,
    authoritative: false,
    names: [repository.full_name],
  };
}

/** What a `repository` or `public` event says: the state itself, and names the repository had before. */
export function repositoryChanged(payload: z.infer<typeof RepositoryEvent>, sent: Snapshot, arrival: string): RepoFact {
  const met = repositoryMet(payload.repository, sent, arrival);
  const [owner = "", name = ""] = met.name.split("/");
  const from = payload.changes?.owner?.from;
  const ownerBefore = from?.user?.login ?? from?.organization?.login ?? owner;
  const nameBefore = payload.changes?.repository?.name.from ?? name;
  return {
    ...met,
    deleted: payload.action === "deleted",
    authoritative: true,
    names: [met.name, `${ownerBefore}/${nameBefore}`],
  };
}

/** The version of a branch event: the repository's pushed_at (contract section 4, Branches). */
export function branchVersion(repository: Repository): string {
  return repository.pushed_at ?? LONG_AGO;
}
