import * as z from "zod";

const Person = z.object({ name: z.string(), date: z.string() });
/** A recorded repository: its refs, and its commits with their whole trees. */
export const Fixture = z.object({
  refs: z.record(z.string(), z.string()),
  annotated_tags_point_to: z.record(z.string(), z.string()).default({}),
  commits: z.array(
    z.object({
      hash: z.string(),
      parents: z.array(z.string()),
      author: Person,
      committer: Person,
      message: z.string(),
      tree: z.record(z.string(), z.string()),
    }),
  ),
});
export type Fixture = z.infer<typeof Fixture>;
export type Commit = Fixture["commits"][number];

/** A ref without what says its kind. */
export const shortName = (ref: string) => ref.replace(/^refs\/(?:heads|tags)\//, "");

/** The commit of a hash, branch or tag. */
export function findCommit(
  { refs, annotated_tags_point_to: tags, commits }: Fixture,
  name: string,
): Commit | undefined {
  const ref = Object.entries({ ...refs, ...tags }).find(([one]) => one === name || shortName(one) === name)?.[1];
  return commits.find(({ hash }) => hash === (ref ?? name));
}

/** Names of the branches, and the commits they stand at. */
export function listBranches({ refs }: Fixture): { name: string; tip: string }[] {
  return Object.entries(refs).flatMap(([ref, tip]) =>
    ref.startsWith("refs/tags/") ? [] : [{ name: shortName(ref), tip }],
  );
}

/** Whether a commit is another one, or among those before it. */
export function holds(recorded: Fixture, tip: string, hash: string): boolean {
  const parents = recorded.commits.find((one) => one.hash === tip)?.parents ?? [];
  return tip === hash || parents.some((parent) => holds(recorded, parent, hash));
}
