import { type SQL, sql } from "drizzle-orm";

/** An issue filters ask for; `Uncategorized` without a version means failures without an issue. */
export type WantedIssue = { id: string; version: number | null };

/** Whole seconds, both included. */
export type DurationBounds = { least?: number | undefined; most?: number | undefined };

/** What builds, boots and tests are filtered by alike; an empty list lets everything pass. */
export type ItemFilters = {
  statuses: string[];
  duration: DurationBounds;
  origins: string[];
  issues: WantedIssue[];
};

/** Boots and tests have a path and a platform besides; `path` is a part of it, empty for any. */
export type TestFilters = ItemFilters & { path: string; platforms: string[] };

/** The filter language (contract part 04): values of one field are alternatives, different fields must all hold. */
export type Filters = {
  architectures: string[];
  compilers: string[];
  configs: string[];
  hardware: string[];
  labs: string[];
  build: ItemFilters;
  boot: TestFilters;
  test: TestFilters;
  /** Of the issue list only. */
  issue: { origins: string[]; culprits: string[]; categories: string[]; options: string[] };
};

/** The id that stands for failures without an issue. */
export const UNCATEGORIZED = "Uncategorized";

/** Whether a text is one of those asked for. */
export function isOneOf(value: SQL, wanted: readonly string[]): SQL {
  if (wanted.length === 0) return sql`true`;
  return sql`coalesce(${value} = any(array(select jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb))), false)`;
}

/** Whether any of the texts of an array is one of those asked for. */
export function isAnyOf(values: SQL, wanted: readonly string[]): SQL {
  if (wanted.length === 0) return sql`true`;
  return sql`coalesce(${values} && array(select jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb)), false)`;
}

/** Whether a duration, cut to whole seconds, lies within bounds; none passes no bound. */
export function isWithin(duration: SQL, { least, most }: DurationBounds): SQL {
  const all = [sql`true`];
  if (least !== undefined) all.push(sql`coalesce(trunc(${duration}) >= ${least}::float8, false)`);
  if (most !== undefined) all.push(sql`coalesce(trunc(${duration}) <= ${most}::float8, false)`);
  return sql.join(all, sql` and `);
}

/** The same compared to the fraction (contract part 04). */
export function isExactlyWithin(duration: SQL, { least, most }: DurationBounds): SQL {
  const all = [sql`true`];
  if (least !== undefined) all.push(sql`coalesce(${duration} >= ${least}::float8, false)`);
  if (most !== undefined) all.push(sql`coalesce(${duration} <= ${most}::float8, false)`);
  return sql.join(all, sql` and `);
}

/** Whether a path holds a text as it is; the empty one is in every path. */
export function holdsPath(path: SQL, part: string): SQL {
  return part === "" ? sql`true` : sql`coalesce(strpos(${path}, ${part}::text) > 0, false)`;
}

/** Whether an issue is one of those asked for, which are not none. */
export function isWanted(wanted: readonly WantedIssue[], id: SQL, version: SQL): SQL {
  const list = JSON.stringify(wanted);
  return sql`exists (select from jsonb_to_recordset(${list}::jsonb) as wanted(id text, version numeric)
    where wanted.id = ${id} and wanted.version is not distinct from ${version})`;
}

/** Whether failures without an issue are asked for. */
export function wantsUncategorized(wanted: readonly WantedIssue[]): boolean {
  return wanted.some(({ id, version }) => id === UNCATEGORIZED && version === null);
}

/** What the record filters of part 04 look at; missing values read Unknown. */
type Record = { hardware: SQL; architecture: SQL; compiler: SQL; config: SQL; lab: SQL };

/** Whether a row passes the record filters. */
export function recordPasses(filters: Filters, { hardware, architecture, compiler, config, lab }: Record): SQL {
  return sql.join(
    [
      isOneOf(hardware, filters.hardware),
      isOneOf(architecture, filters.architectures),
      isOneOf(compiler, filters.compilers),
      isOneOf(config, filters.configs),
      isOneOf(lab, filters.labs),
    ],
    sql` and `,
  );
}
