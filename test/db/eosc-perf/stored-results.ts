import { randomUUID } from "node:crypto";
import type { Pool } from "pg";

export const OWNER = { sub: "owner", iss: "https://issuer.example.org" };

/** A benchmark, a site and a flavor that results can be of. */
export type Place = { benchmark: string; site: string; flavor: string };

/** Makes an approved benchmark, site and flavor, and whoever owns them. */
export async function madePlace(pool: Pool): Promise<Place> {
  const [benchmark, site, flavor] = [randomUUID(), randomUUID(), randomUUID()];
  const owned = "'approved', 'owner', 'https://issuer.example.org', now()";
  await pool.query(
    `insert into eosc_perf."user" values ('owner', 'https://issuer.example.org', 'o@example.org', now()) on conflict do nothing`,
  );
  await pool.query(
    `insert into eosc_perf.benchmark (id, docker_image, docker_tag, url, json_schema, status, uploader_sub, uploader_iss, upload_datetime)
     values ($1::uuid, $1::uuid::text, 'v1', 'u', '{}', ${owned})`,
    [benchmark],
  );
  await pool.query(
    `insert into eosc_perf.site (id, name, address, status, uploader_sub, uploader_iss, upload_datetime)
     values ($1::uuid, $1::uuid::text, 'a', ${owned})`,
    [site],
  );
  await pool.query(
    `insert into eosc_perf.flavor (id, name, site_id, status, uploader_sub, uploader_iss, upload_datetime)
     values ($1::uuid, $1::uuid::text, $2, ${owned})`,
    [flavor, site],
  );
  return { benchmark, site, flavor };
}

/** Stores documents, given as JSON texts, in one statement; ids in the order of the documents. */
export async function storeDocuments(
  pool: Pool,
  { benchmark, site, flavor }: Place,
  documents: readonly string[],
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into eosc_perf.result (id, json, execution_datetime, deleted, benchmark_id, site_id, flavor_id, uploader_sub,
       uploader_iss, upload_datetime)
     select gen_random_uuid(), d.document::jsonb, '2026-01-01', false, $2, $3, $4, 'owner', 'https://issuer.example.org', now()
     from unnest($1::text[]) with ordinality as d (document, turn) order by d.turn
     returning id`,
    [documents, benchmark, site, flavor],
  );
  return rows.map(({ id }) => id);
}
