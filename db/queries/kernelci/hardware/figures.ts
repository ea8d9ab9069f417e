import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { arrayJson } from "../json-text.ts";
import { Figures, rows } from "../tree/figures.ts";

/** A tree as pages of a hardware list it; counts hold the statuses that the page shows. */
const Tree = z.object({
  index: z.string(),
  origin: z.string(),
  tree_name: z.string().nullable(),
  git_repository_branch: z.string().nullable(),
  git_repository_url: z.string().nullable(),
  head_git_commit_name: z.string().nullable(),
  head_git_commit_hash: z.string().nullable(),
  head_git_commit_tag: z.array(z.string()).nullable(),
  counts: z.array(z.object({ kind: z.enum(["builds", "boots", "tests"]), status: z.string(), n: z.int() })),
});

/** The figures of a hardware: those of a commit, its trees, and what its tests ran on besides. */
export const HardwareFigures = z.object({
  ...Figures.shape,
  trees: z.array(Tree),
  compatibles: z.array(z.string()),
  platforms: z.array(z.object({ kind: z.enum(["boots", "tests"]), value: z.string() })),
});
export type HardwareFigures = z.infer<typeof HardwareFigures>;

/** The column `trees` of a CTE of numbered trees `t`, and a CTE `tree_count` of (index, kind, status, n). */
export function treeColumn(trees: SQL): SQL {
  return arrayJson(sql`
    select t.index, t.origin, t.tree_name, t.git_repository_branch, t.git_repository_url,
      t.git_commit_name as head_git_commit_name, t.git_commit_hash as head_git_commit_hash,
      t.git_commit_tags as head_git_commit_tag,
      coalesce((select json_agg(json_build_object('kind', n.kind, 'status', n.status, 'n', n.n))
        from tree_count n where n.index = t.index), '[]') as counts
    from ${trees} t order by t.index::int`);
}

/** The columns `compatibles` and `platforms` of a hardware: all other names of its tests, and the platforms of each kind. */
export function nameColumns({
  hardware,
  compatibles,
  platforms,
}: {
  hardware: string;
  compatibles: SQL;
  platforms: SQL;
}): SQL {
  return sql`
    coalesce((select json_agg(distinct name collate "C") from (${compatibles}) as found(names) cross join unnest(found.names) as name
      where name <> ${hardware}), '[]') as compatibles,
    ${rows(sql`${platforms} order by 1, 2`)} as platforms`;
}
