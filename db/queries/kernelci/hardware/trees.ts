import { type SQL, sql } from "drizzle-orm";
import { checkouts, hardwareBoards, hardwareTestsRollup } from "../../../schema/index.ts";

/** What a page of a hardware is about (contract part 06); times are ISO texts, both included. */
export type HardwareQuestion = {
  /** A platform, or one of the compatibles of tests. */
  hardware: string;
  /** Origin of the tests. */
  origin: string;
  since: string;
  until: string;
  /** By a tree's index the hash that is shown in place of its head, or `head`; nothing selects all trees. */
  selected: Readonly<Record<string, string>>;
};

export const hasSelection = ({ selected }: HardwareQuestion) => Object.keys(selected).length > 0;

/** Whether a time lies in the range asked for; none lies in no range. */
export function isInRange(time: SQL, { since, until }: HardwareQuestion): SQL {
  return sql`(${time} >= ${since}::timestamptz and ${time} <= ${until}::timestamptz)`;
}

const PLACE = sql.raw("tree_name, git_repository_branch, git_repository_url");
/** In the order of their bytes, so that both numberings of trees agree (contract part 06, `summary`). */
export const PLACE_ORDER = sql.raw(
  `tree_name collate "C", git_repository_branch collate "C", git_repository_url collate "C", git_commit_hash collate "C"`,
);

/**
 * The CTEs `board`, what the hardware's name stands for, and `tree`: the newest checkout of each branch in the range, where it
 * has a test of the origin on the hardware. Trees are numbered; `shown_hash` is the commit that is shown of one.
 */
export function treesOnHardware(question: HardwareQuestion): SQL {
  const { hardware, origin, selected } = question;
  return sql`
    board as materialized (
      select board, platform, compatibles from ${hardwareBoards}
      where platform = ${hardware} or compatibles @> array[${hardware}]::text[]
    ), head as materialized (
      select distinct on (${PLACE}, c.origin) c.id, c.origin, ${PLACE}, c.git_commit_hash, c.git_commit_name, c.git_commit_tags, c.start_time
      from ${checkouts} c where ${isInRange(sql`c.start_time`, question)}
      order by ${PLACE}, c.origin, c.start_time desc, c._timestamp desc, c.id
    ), numbered as (
      select (row_number() over (order by ${PLACE_ORDER}) - 1)::text as index, t.* from (
        select distinct on (${PLACE}, git_commit_hash) h.* from head h where exists (
          select from board k cross join lateral (
            select from ${hardwareTestsRollup} r
            where r.checkout_id = h.id and r.board = k.board and r.test_origin = ${origin} limit 1
          ) as ran)
        order by ${PLACE}, git_commit_hash, start_time desc, origin
      ) as t
    ), tree as materialized (
      select t.*, case when s.value = 'head' then t.git_commit_hash else coalesce(s.value, t.git_commit_hash) end as shown_hash,
        ${hasSelection(question) ? sql`s.value is not null` : sql`true`} as is_selected
      from numbered t left join jsonb_each_text(${JSON.stringify(selected)}::jsonb) s on s.key = t.index
    )`;
}
