import type { Database } from "../../../../db/client.ts";
import {
  type CleanableCommit,
  type CleanedProject,
  listCleanableCommits,
  listCleanedProjects,
} from "../../../../db/queries/qaboard/cleanable.ts";
import type { GitHost } from "../../../git-host/git-host.ts";
import type { CleaningCursor } from "../../../messages/clean.ts";
import type { CommitPlan } from "./clean-commit.ts";
import { type Plan, planCleaning } from "./plan.ts";

/** Commits of one page. */
const PAGE = 100;

/** What is met on the way: a project that is left alone, with the reason, or a commit that is to be cleaned. */
export type Found =
  | { project: string; skipped: string }
  | { project: string; commit: CleanableCommit; plan: CommitPlan };

/**
 * Goes through all that is to be cleaned, by project and commit (contract section 12.4). A step of `null` means that a
 * project is begun; each step says where to go on when it is not taken.
 */
export async function* findCleanable(
  db: Database,
  host: GitHost,
  now: Date,
  from: CleaningCursor = { project: "", commitId: 0 },
): AsyncGenerator<{ cursor: CleaningCursor; found: Found | null }> {
  for (const project of await listCleanedProjects(db, from.project)) {
    let after = project.id === from.project ? from.commitId : 0;
    yield { cursor: { project: project.id, commitId: after }, found: null };
    const plan = await planCleaning(host, project, now);
    for await (const found of findInProject(db, project, plan, after)) {
      yield { cursor: { project: project.id, commitId: after }, found };
      if ("commit" in found) after = found.commit.id;
    }
  }
}

async function* findInProject(db: Database, { id }: CleanedProject, plan: Plan, from: number): AsyncGenerator<Found> {
  if ("skipped" in plan) return yield { project: id, skipped: plan.skipped };
  const { cleanable, keptFiles } = plan;
  const { before, withArtifacts } = cleanable;
  for (let after: number | undefined = from; after !== undefined; ) {
    const page: CleanableCommit[] = await listCleanableCommits(db, cleanable, after, PAGE);
    for (const commit of page) yield { project: id, commit, plan: { before, withArtifacts, keptFiles } };
    after = page.length < PAGE ? undefined : page.at(-1)?.id;
  }
}
