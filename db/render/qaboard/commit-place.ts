import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";

/** Where a project or a commit says that files are (contract section 2.2); JSON as it stands in the configuration. */
const Storage = z.object({ storage: z.unknown(), ciRoot: z.unknown() });

/** What the folders of a commit follow from. */
export const CommitPlace = z.object({
  hexsha: z.string(),
  commitDirOverride: z.string().nullable(),
  projectId: z.string(),
  /** Path of the repository at its Git host, if the project says it. */
  repository: z.string().nullable(),
  projectStorage: Storage.nullable(),
  commitStorage: Storage.nullable(),
});

const storageOf = (config: SQL) =>
  sql`json_build_object('storage', ${config} -> 'storage', 'ciRoot', ${config} -> 'ci_root')`;

/** Members of that object, over `ci_commits c` and `projects p`. */
export const COMMIT_PLACE = sql`'hexsha', c.hexsha, 'projectId', c.project_id,
  'commitDirOverride', c.commit_dir_override, 'repository', p.data #>> '{git,path_with_namespace}',
  'projectStorage', ${storageOf(sql`(p.data -> 'qatools_config')`)},
  'commitStorage', ${storageOf(sql`(c.data -> 'qatools_config')`)}`;
