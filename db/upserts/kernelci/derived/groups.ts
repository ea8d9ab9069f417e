import { type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/** Columns that name a group of each derived table, and their types. */
const GROUPS = {
  rollup: {
    origin: "text",
    tree_name: "text",
    git_repository_branch: "text",
    git_repository_url: "text",
    git_commit_hash: "text",
    path_group: "text",
    build_config_name: "text",
    build_architecture: "text",
    build_compiler: "text",
    hardware_key: "text",
    test_platform: "text",
    test_lab: "text",
    test_origin: "text",
    issue_id: "text",
    issue_version: "integer",
    issue_uncategorized: "boolean",
    is_boot: "boolean",
  },
  board: {
    checkout_id: "text",
    board: "text",
    test_origin: "text",
    build_id: "text",
    test_lab: "text",
    is_boot: "boolean",
  },
  hardware: { test_origin: "text", platform: "text", checkout_id: "text" },
  listing: {
    origin: "text",
    tree_name: "text",
    git_repository_url: "text",
    git_repository_branch: "text",
    git_commit_hash: "text",
  },
} as const;

export type Counted = keyof typeof GROUPS;

/** The counters of a listing. */
export const LISTED = ["build", "boot", "test"].flatMap((what) => [`${what}_pass`, `${what}_failed`, `${what}_inc`]);

const BY_STATUS = ["pass", "fail", "skip", "error", "miss", "done", "null", "total"].map((status) => `${status}_tests`);

/** The counters of each derived table. */
export const COUNTERS: Readonly<Record<Counted, readonly string[]>> = {
  rollup: BY_STATUS,
  board: [...BY_STATUS, "fail_incidents"],
  hardware: LISTED,
  listing: LISTED,
};

/** Every counter of a table as `expression(name)`, comma between. */
export function eachCounter(table: Counted, expression: (name: string) => string): SQL {
  return sql.raw(COUNTERS[table].map(expression).join(", "));
}

export const groupColumns = (table: Counted): SQL => sql.raw(Object.keys(GROUPS[table]).join(", "));

export const counterNames = (table: Counted) => eachCounter(table, (name) => name);

/** The columns of a group with their types, as a record of JSON is read. */
export const typedGroup = (table: Counted) =>
  sql.raw(
    Object.entries(GROUPS[table])
      .map(([name, type]) => `${name} ${type}`)
      .join(", "),
  );

/** Counts after less counts before, by group; groups that stay as they are left out. */
export function movedCounts(table: Counted, after: SQL, before: unknown): SQL {
  const counters = sql.raw(COUNTERS[table].map((name) => `${name} integer`).join(", "));
  const columns = groupColumns(table);
  return sql`
    select ${columns}, ${eachCounter(table, (name) => `sum(${name})::integer as ${name}`)}
    from (
      ${after} union all
      select ${columns}, ${eachCounter(table, (name) => `-${name}`)}
      from jsonb_to_recordset(${JSON.stringify(before)}::jsonb) as g(${typedGroup(table)}, ${counters})
    ) as counted
    group by ${columns} having ${sql.raw(COUNTERS[table].map((name) => `sum(${name}) <> 0`).join(" or "))}`;
}

/** What is there and what is added, for every counter of a row that is there. */
export const addedCounts = (table: Counted, into: PgTable) =>
  sql.join(
    COUNTERS[table].map(
      (name) => sql`${sql.identifier(name)} = ${into}.${sql.identifier(name)} + excluded.${sql.identifier(name)}`,
    ),
    sql`, `,
  );
