import type { Pool } from "pg";
import type { Row } from "../model/rows.ts";
import type { Kind, Outcome, Thing } from "./outcomes.ts";

const SUBMITS = "(select count(*)::int from eosc_perf.submit s where s.id = t._submit_report_id)";

/** The rows of things, by the unique text that they hold. */
const STATEMENTS: Readonly<Record<Kind, string>> = {
  user: `select email as name, null as id, null as claim, jsonb_build_object('sub', sub) as row from eosc_perf."user"`,
  site: `select name, id, null as claim,
      jsonb_build_object('address', address, 'status', status, 'uploader_sub', uploader_sub, 'submits', ${SUBMITS}) as row
    from eosc_perf.site t`,
  result: `select r.json->>'name' as name, r.id, c.ids[1] as claim, jsonb_build_object(
      'json', r.json, 'benchmark_id', benchmark_id, 'site_id', site_id, 'flavor_id', flavor_id,
      'uploader_sub', uploader_sub, 'execution_datetime', execution_datetime, 'deleted', deleted,
      'tags', (select coalesce(jsonb_agg(tag_id order by tag_id), '[]') from eosc_perf.result_tags where result_id = r.id),
      'values', (select coalesce(jsonb_agg(jsonb_build_object('path', p.path, 'kind', v.kind, 'number', v.number,
          'truth', v.truth, 'text', case when v.kind < 4 then v.text end) order by p.path collate "C"), '[]')
        from eosc_perf.result_value v join eosc_perf.value_path p on p.id = v.path_id where v.key = r.key),
      'claims', coalesce(c.rows, '[]')) as row
    from eosc_perf.result r cross join lateral (
      select array_agg(t.id) as ids, jsonb_agg(jsonb_build_object(
        'status', status, 'uploader_sub', uploader_sub, 'submits', ${SUBMITS})) as rows
      from eosc_perf.claim t where message = 'about ' || (r.json->>'name')
    ) c`,
};

type Found = { name: string; id: string | null; claim: string | null; row: Row };
type Mail = { event: string; recipient: string; about: string | null };

/** What each thing left: its rows, and the events of the mails about it or its claim. */
export async function findOutcomes(pool: Pool, things: readonly Thing[]): Promise<Map<Thing, Outcome>> {
  const { rows: mails } = await pool.query<Mail>("select event, recipient, about->>'id' as about from ledger.outbox");
  const outcomes = new Map<Thing, Outcome>();
  for (const kind of ["user", "site", "result"] as const) {
    const found = Map.groupBy((await pool.query<Found>(STATEMENTS[kind])).rows, ({ name }) => name);
    for (const thing of things.filter((one) => one.kind === kind)) {
      const rows = found.get(thing.name) ?? [];
      const ids = new Set([thing.id, thing.claim, ...rows.flatMap(({ id, claim }) => [id, claim])]);
      const isAbout = ({ event, recipient, about }: Mail) =>
        kind === "user" ? recipient === thing.name && event === "registered" : about !== null && ids.has(about);
      const events = mails.filter(isAbout).map(({ event }) => event);
      outcomes.set(thing, { rows: rows.map(({ row }) => row), mails: events.sort() });
    }
  }
  return outcomes;
}

/** Rows of each table, so that what no thing accounts for is seen. */
export async function countRows(pool: Pool): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ counts: Record<string, number> }>(`
    select jsonb_build_object(
      'users', (select count(*) from eosc_perf."user"), 'sites', (select count(*) from eosc_perf.site),
      'results', (select count(*) from eosc_perf.result), 'claims', (select count(*) from eosc_perf.claim),
      'submits', (select count(*) from eosc_perf.submit), 'tags of results', (select count(*) from eosc_perf.result_tags),
      'values', (select count(*) from eosc_perf.result_value), 'mails', (select count(*) from ledger.outbox)) as counts`);
  return rows[0]?.counts ?? {};
}

/** Counts of shown results that a recount does not confirm. */
export async function wrongResultCounts(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ row: string }>(`
    select to_jsonb(counts)::text as row from (
      select coalesce(c.shown, 0) as kept, coalesce(r.shown, 0) as recounted
      from eosc_perf.result_count c full join (
        select benchmark_id, flavor_id, site_id, count(*) as shown from eosc_perf.result where not deleted group by 1, 2, 3
      ) r using (benchmark_id, flavor_id, site_id)
    ) as counts where kept <> recounted`);
  return rows.map(({ row }) => `result_count and a recount differ: ${row}`);
}
