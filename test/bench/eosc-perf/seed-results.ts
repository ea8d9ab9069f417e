import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Pool, PoolClient } from "pg";

/** Real documents and the schema they fit. */
export const SEED = join(import.meta.dirname, "..", "..", "conformance", "recordings", "eosc-perf", "seed");
const BENCHMARKS = 4;
const RESULTS_A_SITE = 2_500;
const FLAVORS_A_SITE = 5;
const RESULTS_A_TAG = 5_000;

/** What stands in the store: results are spread evenly over benchmarks, flavors and tags, of which there are more in a larger one. */
export type Seeded = { benchmarks: string[]; sites: string[]; flavors: string[] };

/**
 * Fills an empty store with so many results of the c-ray shape: real documents, whose number of cores is one of seven and
 * whose score is the result's own number. The first ones are written as uploads are, with all that triggers keep beside
 * them; the others copy those, because a million uploads would take an hour.
 */
export async function seedResults(pool: Pool, count: number): Promise<Seeded> {
  const client = await pool.connect();
  try {
    const seeded = await places(client, count);
    await models(client, seeded);
    await copies(client, count);
    return seeded;
  } finally {
    client.release();
  }
}

async function places(client: PoolClient, count: number): Promise<Seeded> {
  const sitesInAll = count / RESULTS_A_SITE;
  const uuids = (length: number) => Array.from({ length }, () => randomUUID());
  const seeded = {
    benchmarks: uuids(BENCHMARKS),
    sites: uuids(sitesInAll),
    flavors: uuids(sitesInAll * FLAVORS_A_SITE),
  };
  const { benchmarks, sites, flavors } = seeded;
  const owned = "'approved', 'owner', 'https://issuer.example.org', now()";
  await client.query(
    `insert into eosc_perf."user" values ('owner', 'https://issuer.example.org', 'o@example.org', now())`,
  );
  await client.query(
    `insert into eosc_perf.benchmark (id, docker_image, docker_tag, url, json_schema, status, uploader_sub, uploader_iss, upload_datetime)
     select id, 'example/c-ray-' || n, 'latest', 'https://example.org', $2, ${owned} from unnest($1::uuid[]) with ordinality as b (id, n)`,
    [benchmarks, readFileSync(join(SEED, "template.json"), "utf8")],
  );
  await client.query(
    `insert into eosc_perf.site (id, name, address, status, uploader_sub, uploader_iss, upload_datetime)
     select id, format('SITE-%s.', n), n || ' Example Street', ${owned} from unnest($1::uuid[]) with ordinality as s (id, n)`,
    [sites],
  );
  await client.query(
    `insert into eosc_perf.flavor (id, name, site_id, status, uploader_sub, uploader_iss, upload_datetime)
     select id, 'flavor.' || n, ($2::uuid[])[1 + n % cardinality($2::uuid[])], ${owned} from unnest($1::uuid[]) with ordinality as f (id, n)`,
    [flavors, sites],
  );
  await client.query(
    `insert into eosc_perf.tag select gen_random_uuid(), 'tag-' || n from generate_series(1, $1::integer) as n`,
    [count / RESULTS_A_TAG],
  );
  return seeded;
}

/** A result of each real document on every benchmark, and for every number of cores. */
async function models(client: PoolClient, { benchmarks, flavors }: Seeded): Promise<void> {
  const folder = join(SEED, "c-ray");
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const documents = files.map((file) => readFileSync(join(folder, file), "utf8"));
  await client.query(
    `insert into eosc_perf.result (id, json, execution_datetime, deleted, benchmark_id, site_id, flavor_id, uploader_sub,
       uploader_iss, upload_datetime)
     select gen_random_uuid(), jsonb_set(d.document::jsonb, '{machine,cpu,count}', to_jsonb(1 << cores)), '2020-01-01', false, b.id, f.site_id, f.id,
       'owner', 'https://issuer.example.org', '2020-01-01'
     from unnest($1::text[]) as d (document), unnest($2::uuid[]) as b (id), generate_series(0, 6) as cores,
       (select * from eosc_perf.flavor where id = $3) as f`,
    [documents, benchmarks, flavors[0]],
  );
}

/** Turns the models into `count` results with flavors, scores and times of their own. */
async function copies(client: PoolClient, count: number): Promise<void> {
  for (const statement of [
    "set session_replication_role = replica",
    "create temporary table model as select *, row_number() over (order by id) - 1 as n from eosc_perf.result",
    "create temporary table model_value as select m.n, v.* from eosc_perf.result_value v join model m on m.key = v.key",
    `create temporary table flavor_at as select id, site_id, row_number() over (order by id) - 1 as n from eosc_perf.flavor`,
    `create temporary table planned as
     select gen_random_uuid() as id, n, n % (select count(*) from model) as model, (n * 7919) % (select count(*) from flavor_at) as flavor, (n * 999983) % ${count} + 0.5 as score
     from generate_series(0::bigint, ${count - 1}) as n`,
    "truncate eosc_perf.result, eosc_perf.result_value, eosc_perf.result_tags, eosc_perf.result_count",
  ])
    await client.query(statement);
  const indexes = await withoutIndexes(client, ["result", "result_value", "result_tags"]);
  for (const statement of [
    `insert into eosc_perf.result (key, id, json, execution_datetime, deleted, benchmark_id, site_id, flavor_id, uploader_sub, uploader_iss, upload_datetime)
     overriding system value select p.n + 1, p.id, jsonb_set(m.json, '{result,score}', to_jsonb(p.score)), timestamp '2021-01-01' + p.n * interval '1 minute', false,
       m.benchmark_id, f.site_id, f.id, m.uploader_sub, m.uploader_iss, timestamp '2021-01-02' + p.n * interval '1 minute'
     from planned p join model m on m.n = p.model join flavor_at f on f.n = p.flavor order by p.n`,
    `insert into eosc_perf.result_value (key, path_id, kind, truth, number, text)
     select p.n + 1, v.path_id, v.kind, v.truth, case when s.id is null then v.number else p.score end,
       case when s.id is null then v.text else p.score::text end
     from planned p join model_value v on v.n = p.model
     left join eosc_perf.value_path s on s.id = v.path_id and s.path = 'result.score' order by p.n`,
    `insert into eosc_perf.result_tags select p.id, t.id from planned p
     join (select id, row_number() over (order by name) - 1 as n from eosc_perf.tag) t on t.n = p.n % (select count(*) from eosc_perf.tag)`,
    `insert into eosc_perf.result_count (benchmark_id, flavor_id, site_id, shown)
     select benchmark_id, flavor_id, site_id, count(*) from eosc_perf.result group by 1, 2, 3`,
    `select setval(pg_get_serial_sequence('eosc_perf.result', 'key'), ${count})`,
    ...indexes,
    "set session_replication_role = origin",
    "vacuum analyze eosc_perf.result",
    "vacuum analyze eosc_perf.result_value",
    "vacuum analyze eosc_perf.result_tags",
    "vacuum analyze eosc_perf.result_count",
  ])
    await client.query(statement);
}

/** Drops the indexes and keys of tables, but keys that others refer to; returns the statements that make them again. */
async function withoutIndexes(client: PoolClient, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; make: string }>(
    `select case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
         else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
       case when c.oid is null then pg_get_indexdef(i.indexrelid)
         else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as make
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
     where i.indrelid = any(select format('eosc_perf.%I', t)::regclass from unnest($1::text[]) t)
       and not exists (select from pg_constraint f where f.contype = 'f' and f.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { drop } of rows) await client.query(drop);
  return ["set maintenance_work_mem = '512MB'", ...rows.map(({ make }) => make)];
}
