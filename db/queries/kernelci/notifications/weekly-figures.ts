import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../../client.ts";
import { builds, checkouts, incidents, issues, tests } from "../../../schema/index.ts";
import { arrayJson } from "../json-text.ts";

const Figures = z.object({ trees: z.int(), checkouts: z.int(), builds: z.int(), tests: z.int() });
const Lab = z.object({ lab: z.string(), builds: z.int(), boots: z.int(), tests: z.int() });
const Origin = z.object({ origin: z.string(), incidents: z.int(), newIssues: z.int(), issues: z.int() });
const TopIssue = z.object({
  origin: z.string(),
  id: z.string(),
  version: z.int(),
  comment: z.string().nullable(),
  incidents: z.int(),
});

const Weeks = z.object({
  since: z.string(),
  until: z.string(),
  figures: Figures,
  before: Figures,
  labs: z.array(Lab),
  labsBefore: z.array(Lab),
  origins: z.array(Origin),
  topIssues: z.array(TopIssue),
});
/** What was ingested in the last seven whole days in UTC, and in the seven before (contract part 08, `metrics/`). */
export type WeeklyFigures = z.infer<typeof Weeks>;

const TODAY = sql`date_trunc('day', now(), 'UTC')`;
const DAYS = 7;
const daysAgo = (days: number) => sql`(${TODAY} - make_interval(days => ${days}))`;

/** Whether a row `alias` was ingested in the week that ended so many weeks ago. */
const isOfWeek = (alias: string, weeksAgo: number): SQL => {
  const at = sql.raw(`${alias}._timestamp`);
  return sql`${at} >= ${daysAgo(DAYS * (weeksAgo + 1))} and ${at} < ${daysAgo(DAYS * weeksAgo)}`;
};

/** The figures of both weeks, from the stored objects. */
export async function weeklyFigures(db: Database): Promise<WeeklyFigures> {
  return await onlyRow(
    db,
    Weeks,
    sql`select to_char(${daysAgo(DAYS)} at time zone 'UTC', 'YYYY-MM-DD') as since,
        to_char(${TODAY} at time zone 'UTC', 'YYYY-MM-DD') as until,
        ${figures(0)} as figures, ${figures(1)} as before, ${labs(0)} as labs, ${labs(1)} as "labsBefore",
        ${ORIGINS} as origins, ${TOP_ISSUES} as "topIssues"`,
  );
}

const figures = (weeksAgo: number) => sql`json_build_object(
  'trees', (select count(distinct c.tree_name) from ${checkouts} c where ${isOfWeek("c", weeksAgo)}),
  'checkouts', (select count(*) from ${checkouts} c where ${isOfWeek("c", weeksAgo)}),
  'builds', (select count(*) from ${builds} b where ${isOfWeek("b", weeksAgo)}),
  'tests', (select count(*) from ${tests} t where ${isOfWeek("t", weeksAgo)}))`;

const IS_BOOT = sql`(t.path = 'boot' or starts_with(t.path, 'boot.'))`;

/** Labs by their tests; a test without a path counts with neither. */
const labs = (weeksAgo: number) =>
  arrayJson(sql`select t.misc ->> 'runtime' as lab, count(distinct t.build_id) as builds,
      count(*) filter (where ${IS_BOOT}) as boots, count(*) filter (where not ${IS_BOOT}) as tests
    from ${tests} t where t.misc ->> 'runtime' is not null and ${isOfWeek("t", weeksAgo)} group by 1 order by 1`);

/** Build incidents by origin; an issue is new when its first build incident ever lies in the week. */
const ORIGINS = arrayJson(sql`
  select w.origin, count(*) as incidents, count(distinct w.issue_id) as issues,
    count(distinct w.issue_id) filter (where not exists (select from ${incidents} older
      where older.issue_id = w.issue_id and older.build_id is not null and older._timestamp < ${daysAgo(DAYS)})) as "newIssues"
  from ${incidents} w where w.build_id is not null and ${isOfWeek("w", 0)} group by w.origin order by w.origin`);

const TOP_ISSUES = arrayJson(sql`
  select origin, id, version, comment, incidents from (
    select w.origin, s.id, s.version, s.comment, count(*) as incidents,
      row_number() over (partition by w.origin order by count(*) desc, s.id) as nth
    from ${incidents} w join ${issues} s on s.id = w.issue_id and s.version = w.issue_version
    where w.build_id is not null and ${isOfWeek("w", 0)} group by w.origin, s.id, s.version, s.comment
  ) as ranked where nth <= 3 order by origin, nth`);
