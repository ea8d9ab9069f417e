import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow, rows } from "../../client.ts";
import { builds, checkouts, incidents, tests } from "../../schema/index.ts";

const TABLES = { checkouts, builds, tests } as const;

export type PrunableTable = keyof typeof TABLES;

/** What goes (contract part 09): rows not submitted since an instant, of some origins or of all, from some tables. */
export type Pruning = {
  before: string;
  origins: readonly string[] | undefined;
  tables: readonly PrunableTable[];
  /** Whether what has an incident stays, and what that belongs to. */
  keepsIncidents: boolean;
};

const Root = z.object({ id: z.string(), at: z.string() });
export type Root = z.infer<typeof Root>;

const Gone = z.object({ what: z.enum(["checkouts", "builds", "tests"]), id: z.string() });

const Prunable = z.object({ checkouts: z.coerce.number(), builds: z.coerce.number(), tests: z.coerce.number() });

/** The next rows by their own age, whether or not something keeps them: `at` and `id` of the last one lead to the next page. */
export async function oldRows(
  db: Database,
  pruning: Pruning,
  table: PrunableTable,
  after: Root | undefined,
  limit: number,
): Promise<Root[]> {
  const next =
    after === undefined
      ? sql`true`
      : sql`r._timestamp >= ${after.at}::timestamptz and (r._timestamp, r.id) > (${after.at}::timestamptz, ${after.id}::text)`;
  return await rows(
    db,
    Root,
    sql`select r.id, r._timestamp::text as at from ${TABLES[table]} r where ${isOld("r", pruning)} and ${next}
      order by r._timestamp, r.id limit ${limit}`,
  );
}

/** At most `limit` ids that go because one of these roots does, children before parents: empty once they are gone. */
export async function prunableOf(
  db: Database,
  pruning: Pruning,
  root: { table: PrunableTable; ids: readonly string[] },
  limit: number,
): Promise<Record<PrunableTable, string[]>> {
  const given = sql`select r.id from ${TABLES[root.table]} r
    where r.id in (select jsonb_array_elements_text(${JSON.stringify(root.ids)}::jsonb)) and ${isOld("r", pruning)}
    and ${isFree(root.table, "r", pruning)}`;
  const none = sql`select null::text as id where false`;
  const goes = (table: PrunableTable, children: SQL) => {
    if (table === root.table) return given;
    return pruning.tables.includes(table) ? children : none;
  };
  const gone = await rows(
    db,
    Gone,
    sql`
    with old_checkouts as materialized (${goes("checkouts", none)}),
    old_builds as materialized (${goes("builds", sql`select b.id from ${builds} b where b.checkout_id in (select id from old_checkouts)`)}),
    old_tests as materialized (${goes("tests", sql`select t.id from ${tests} t where t.build_id in (select id from old_builds)`)})
    select what, id from (
      select 1 as place, 'tests' as what, id from old_tests union all select 2, 'builds', id from old_builds
      union all select 3, 'checkouts', id from old_checkouts
    ) as gone order by place limit ${limit}`,
  );
  const idsOf = (table: PrunableTable) => gone.filter(({ what }) => what === table).map(({ id }) => id);
  return { checkouts: idsOf("checkouts"), builds: idsOf("builds"), tests: idsOf("tests") };
}

/** How many rows of each table would go. */
export async function countPrunable(db: Database, pruning: Pruning): Promise<Record<PrunableTable, number>> {
  const old = (table: PrunableTable) => sql`select r.id from ${TABLES[table]} r
    where ${pruning.tables.includes(table)} and ${isOld("r", pruning)} and ${isFree(table, "r", pruning)}`;
  return await onlyRow(
    db,
    Prunable,
    sql`
    with old_checkouts as materialized (${old("checkouts")}),
    old_builds as materialized (
      ${old("builds")} union
      select b.id from ${builds} b where ${pruning.tables.includes("builds")} and b.checkout_id in (select id from old_checkouts)
    ),
    old_tests as (
      ${old("tests")} union
      select t.id from ${tests} t where ${pruning.tables.includes("tests")} and t.build_id in (select id from old_builds)
    )
    select (select count(*) from old_checkouts) as checkouts, (select count(*) from old_builds) as builds,
      (select count(*) from old_tests) as tests`,
  );
}

function isOld(row: "r", { before, origins }: Pruning): SQL {
  const old = sql`${sql.raw(row)}._timestamp < ${before}::timestamptz`;
  if (origins === undefined) return old;
  return sql`${old} and ${sql.raw(row)}.origin in (select jsonb_array_elements_text(${JSON.stringify(origins)}::jsonb))`;
}

/** Neither the row nor anything below it has an incident. */
function isFree(table: PrunableTable, row: "r", { keepsIncidents }: Pruning): SQL {
  if (!keepsIncidents) return sql`true`;
  const id = sql.raw(`${row}.id`);
  const named = {
    tests: [sql`select from ${incidents} i where i.test_id = ${id}`],
    builds: [
      sql`select from ${incidents} i where i.build_id = ${id}`,
      sql`select from ${tests} t join ${incidents} i on i.test_id = t.id where t.build_id = ${id}`,
    ],
    checkouts: [
      sql`select from ${builds} b join ${incidents} i on i.build_id = b.id where b.checkout_id = ${id}`,
      sql`select from ${builds} b join ${tests} t on t.build_id = b.id join ${incidents} i on i.test_id = t.id where b.checkout_id = ${id}`,
    ],
  }[table];
  return sql.join(
    named.map((one) => sql`not exists (${one})`),
    sql` and `,
  );
}
