import * as z from "zod";
import { findCommit } from "../../../../db/queries/qaboard/commits.ts";
import { commitFolders } from "../../../files/commit-folders.ts";
import type { Services } from "../../env.ts";

const Shown = z.object({
  id: z.string(),
  deleted: z.boolean(),
  data: z.looseObject({ qatools_config: z.looseObject({}).nullish() }),
});

/** A commit as tests and tuning look at it. */
export type TestCommit = {
  hash: string;
  isDeleted: boolean;
  /** What its qaboard.yaml says; `{}` without one. */
  config: Readonly<Record<string, unknown>>;
  /** Absolute path of the whole repository's artifacts. */
  artifacts: string;
};

/** Finds a commit by its hash or how that begins; undefined when there is none. */
export async function findTestCommit(
  services: Services,
  project: string,
  sha: string,
): Promise<TestCommit | undefined> {
  const row = await findCommit(services.db, { project, sha }, { label: "", withOutputs: false, metrics: [] });
  if (row === undefined) return undefined;
  const { id, deleted, data } = Shown.parse(JSON.parse(row.json));
  const { repositoryArtifacts } = commitFolders(row, services.config);
  return { hash: id, isDeleted: deleted, config: data.qatools_config ?? {}, artifacts: repositoryArtifacts };
}
