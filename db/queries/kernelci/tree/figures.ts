import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";

const Kind = z.enum(["builds", "boots", "tests"]);
const Dimension = z.enum([
  "status",
  "origins",
  "architectures",
  "configs",
  "labs",
  "platforms",
  "environment_compatible",
  "environment_misc",
  "fail_reasons",
]);
export type Kind = z.infer<typeof Kind>;
export type Dimension = z.infer<typeof Dimension>;

/** How many of a kind there are by one dimension and status; `other` is the compiler of an architecture. */
const Tally = z.object({
  kind: Kind,
  dimension: Dimension,
  key: z.string().nullable(),
  other: z.string().nullable(),
  status: z.string(),
  n: z.int(),
});
export type Tally = z.infer<typeof Tally>;

/** How many rows of a kind and status belong to an issue. */
const Told = z.object({
  kind: Kind,
  id: z.string(),
  version: z.int(),
  comment: z.string().nullable(),
  report_url: z.string().nullable(),
  status: z.string(),
  n: z.int(),
});
export type Told = z.infer<typeof Told>;

const Texts = z.array(z.string());

/** A summary as SQL counts it; `offered` is what there is to filter by, before filters. */
export const Figures = z.object({
  tallies: z.array(Tally),
  told: z.array(Told),
  unknown: z.array(z.object({ kind: Kind, n: z.int(), seen: z.boolean() })),
  offered: z.object({
    hardware: Texts,
    configs: Texts,
    architectures: Texts,
    compilers: Texts,
    origins: z.array(z.object({ kind: Kind, value: z.string() })),
    labs: z.array(z.object({ kind: Kind, value: z.string() })),
    issues: z.array(z.object({ kind: Kind, id: z.string(), version: z.int() })),
  }),
});
export type Figures = z.infer<typeof Figures>;

/** What stands above the figures of a commit; `built`: at least one of its checkouts was. */
export const Head = z.object({
  checkouts: z.coerce.number(),
  built: z.boolean(),
  tree_url: z.string(),
  git_commit_tags: Texts.nullable(),
});

/** The columns of `Head`; the newest checkout that has a repository, or tags, tells of them. */
export const HEAD_COLUMNS = sql`
  (select count(*) from checkout) as checkouts, exists (select from build) as built,
  coalesce((select git_repository_url from checkout where git_repository_url is not null order by _timestamp desc limit 1), '')
    as tree_url,
  (select to_json(git_commit_tags) from checkout
    order by coalesce(cardinality(git_commit_tags), 0) = 0, _timestamp desc limit 1) as git_commit_tags`;

/** The CTEs `unit`, `told` and `unknown`: the figures of several sources as one. */
export function figuresOf(sources: readonly ("build" | "test" | "rollup")[]): SQL {
  const all = (what: string) =>
    sql.join(
      sources.map((source) => sql`select * from ${sql.identifier(`${source}_${what}`)}`),
      sql` union all `,
    );
  return sql`unit as materialized (${all("unit")}), told as materialized (${all("told")}), unknown as (${all("unknown")})`;
}

/** A json list of the rows of a select. */
export const rows = (select: SQL) => sql`coalesce((select json_agg(found) from (${select}) as found), '[]'::json)`;
/** A json list of the one column of a select. */
export const texts = (select: SQL) =>
  sql`coalesce((select json_agg(value) from (${select}) as found(value)), '[]'::json)`;

/** What the CTEs of figures don't tell of every source: (kind, reason, n) of failed tests, and the names of all hardware. */
type Besides = { reasons: SQL; hardware: SQL };
const OF_ROLLUP: Besides = {
  reasons: sql`select null::text, null::text, 0 where false`,
  hardware: sql`select coalesce(compatible, platform, 'Unknown') from unit where kind <> 'builds'`,
};

/** The columns of `Figures`. */
export function figureColumns({ reasons, hardware }: Besides = OF_ROLLUP): SQL {
  const distinct = (column: string) =>
    texts(sql`select distinct ${sql.identifier(column)} from unit where kind = 'builds' order by 1`);
  return sql`
    ${countColumns(reasons)},
    json_build_object(
      'hardware', ${texts(sql`select distinct name from (${hardware}) as named(name) order by 1`)},
      'configs', ${distinct("config")}, 'architectures', ${distinct("architecture")}, 'compilers', ${distinct("compiler")},
      'origins', ${rows(sql`select distinct kind, origin collate "C" as value from unit order by 1, 2`)},
      'labs', ${rows(sql`select distinct kind, lab as value from unit where lab is not null order by 1, 2`)},
      'issues', ${rows(sql`select distinct kind, issue_id as id, issue_version as version from told order by 1, 2, 3`)}
    ) as offered`;
}

/** Those of them that count, from the CTEs `unit`, `told` and `unknown`. */
export function countColumns(reasons = OF_ROLLUP.reasons): SQL {
  return sql`
    ${rows(sql`
      select u.kind, d.dimension, d.key, d.other, u.status, sum(u.n)::int as n
      from unit u cross join lateral (values
        ('status', null, null), ('origins', u.origin, null), ('architectures', u.architecture, u.compiler),
        ('configs', u.config, null), ('labs', u.lab, null), ('platforms', u.platform, null),
        (case when u.compatible is null then 'environment_misc' else 'environment_compatible' end,
          coalesce(u.compatible, u.platform), null)) as d(dimension, key, other)
      where u.n > 0 and (d.key is not null or d.dimension = 'status' or u.kind <> 'builds')
      group by 1, 2, 3, 4, 5
      union all
      select kind, 'fail_reasons', reason, null, 'FAIL', n from (${reasons}) as failed(kind, reason, n)
      order by 1, 2, 3, 4, 5`)} as tallies,
    ${rows(sql`
      select kind, issue_id as id, issue_version as version, comment, report_url, status, sum(n)::int as n
      from told where passes group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 6`)} as told,
    ${rows(sql`select kind, sum(n)::int as n, bool_or(seen) as seen from unknown group by kind`)} as unknown`;
}
