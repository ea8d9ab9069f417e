import * as z from "zod";
import type { Cleanable, CleanedProject } from "../../../../db/queries/qaboard/cleanable.ts";
import { repositoryOf } from "../../../files/commit-folders.ts";
import { type GitHost, resolveRefs } from "../../../git-host/git-host.ts";
import { OutboundError } from "../../../outside/outbound.ts";
import { parseAge } from "./age.ts";

/** Branches and tags of one project that are resolved; a project with more is not cleaned. */
const MAX_REFS = 500;
/** Branches and tags that are resolved at the same time. */
const AT_ONCE = 10;

const Garbage = z.object({
  after: z.string().default("1month"),
  artifacts: z.object({ delete: z.boolean().default(false), keep: z.array(z.string()).default([]) }).prefault({}),
  can_delete_reference_branch: z.boolean().default(false),
});

/** What is cleaned of a project; or why nothing is. */
export type Plan = { cleanable: Cleanable; keptFiles: readonly string[] } | { skipped: string };

/**
 * Plans the cleaning of a project (contract section 12.4): milestones and their branches are kept, and where the Git host
 * cannot say which commits those are, everything is.
 */
export async function planCleaning(host: GitHost, project: CleanedProject, now: Date): Promise<Plan> {
  const settings = Garbage.safeParse(project.garbage ?? {});
  const age = parseAge(settings.data?.after ?? "");
  if (!settings.success || age === undefined) return { skipped: "its storage.garbage cannot be read" };
  const reference = project.referenceBranch || "master";
  const refs = [...new Set([reference, ...project.milestoneRefs])];
  if (refs.length > MAX_REFS) return { skipped: `it has more than ${MAX_REFS} milestones` };
  const repository = repositoryOf({ projectId: project.id, repository: project.repository }).id;
  const hashes = await resolveAll(host, repository, refs);
  if (hashes === undefined) return { skipped: `the Git host does not show ${reference} of ${repository}` };
  const { artifacts, can_delete_reference_branch: cleansBranches } = settings.data;
  return {
    cleanable: {
      project: project.id,
      before: new Date(now.getTime() - age).toISOString(),
      keptHashes: [...hashes, ...project.milestones],
      keptBranches: cleansBranches ? [] : refs.map((ref) => ref.replaceAll("origin/", "")),
      withArtifacts: artifacts.delete,
    },
    keptFiles: artifacts.keep,
  };
}

/** Hashes of branches and tags; undefined when the first of them, or the Git host, is not there. */
async function resolveAll(host: GitHost, repository: string, refs: readonly string[]): Promise<string[] | undefined> {
  const [first = "", ...more] = refs;
  try {
    const [hash] = await resolveRefs(host, repository, [first]);
    if (hash === undefined) return undefined;
    const hashes = [hash];
    for (let at = 0; at < more.length; at += AT_ONCE)
      hashes.push(...(await resolveRefs(host, repository, more.slice(at, at + AT_ONCE))));
    return hashes;
  } catch (error) {
    if (error instanceof OutboundError) return undefined;
    throw error;
  }
}
