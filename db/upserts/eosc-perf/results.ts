import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import type { Person, Referred } from "../../render/eosc-perf/keys.ts";
import { resultWith, tagsIn } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { benchmarks, flavors, results, resultTags, sites, tags } from "../../schema/index.ts";
import { type Changed, changed } from "./changed.ts";
import { UTC_NOW } from "./utc-now.ts";

/** A result whose document fits the schema that had this mark; `executed` is UTC, `text` the document's own. */
export type NewResult = Referred & { executed: string; text: string; schemaMark: string };

const idsIn = (ids: readonly string[]) =>
  sql`any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))`;

/**
 * Stores a result with its tags (no id twice); its JSON text, or undefined when what it refers to is no longer as it was
 * when it was checked.
 */
export async function storeResult(db: Database, result: NewResult, { sub, iss }: Person): Promise<string | undefined> {
  const { benchmark_id, flavor_id, tags_ids, executed, text, schemaMark } = result;
  return await oneJson(
    db,
    sql`
    with b as (
      select * from ${benchmarks}
      where id = ${benchmark_id}::uuid and status = 'approved' and xmin::text = ${schemaMark} for key share
    ), f as (
      select * from ${flavors} where id = ${flavor_id}::uuid and status = 'approved' for key share
    ), t as (
      select * from ${tags} where id = ${idsIn(tags_ids)} for key share
    ), made as (
      insert into ${results} (id, json, execution_datetime, deleted, benchmark_id, site_id, flavor_id, uploader_sub,
        uploader_iss, upload_datetime)
      select gen_random_uuid(), ${text}::jsonb, ${executed}::timestamp, false, b.id, f.site_id, f.id, ${sub}, ${iss},
        ${UTC_NOW}
      from b, f where (select count(*) from t) = ${tags_ids.length}::integer
      returning *
    ), tagged as (
      insert into ${resultTags} (result_id, tag_id) select made.id, t.id from made, t
    )
    select ${resultWith(tagsIn(sql`t`))}::text as json from made r, b, f, ${sites} s where s.id = f.site_id`,
  );
}

/** Hides a result from lists for good; it stays, and can be hidden again. */
export async function hideResult(db: Database, id: string): Promise<Changed> {
  return await changed(
    db,
    sql`update ${results} set deleted = true, withdrawn = true where id = ${id}::uuid returning id`,
  );
}

const Replaced = z.object({ missing: z.string().nullable(), overtaken: z.boolean() });

/**
 * What became of new tags; nothing is changed when one is `missing`, the first of which is named, nor when another change
 * of the result came first (`overtaken`), whose tags this statement could not see.
 */
export type Tagged = { is: "done" | "unknown" | "overtaken" } | { is: "missing"; tag: string };

/** Replaces the tags of a result (no id twice). */
export async function replaceTags(db: Database, id: string, tagIds: readonly string[]): Promise<Tagged> {
  const found = await firstRow(
    db,
    Replaced,
    sql`
    with seen as (select id, xmin as mark from ${results} where id = ${id}::uuid), r as (
      update ${results} r set deleted = r.deleted from seen where r.id = seen.id and r.xmin = seen.mark returning r.id
    ), wanted as (
      select w.id::uuid as id, w.turn
      from jsonb_array_elements_text(${JSON.stringify(tagIds)}::jsonb) with ordinality as w (id, turn)
    ), t as (
      select id from ${tags} where id = ${idsIn(tagIds)} for key share
    ), missing as (
      select id from wanted where id not in (select id from t) order by turn limit 1
    ), removed as (
      delete from ${resultTags} l using r
      where l.result_id = r.id and l.tag_id not in (select id from wanted) and not exists (select from missing)
    ), added as (
      insert into ${resultTags} (result_id, tag_id)
      select r.id, t.id from r, t where not exists (select from missing)
      on conflict do nothing
    )
    select (select id::text from missing) as missing, not exists (select from r) as overtaken from seen`,
  );
  if (found === undefined) return { is: "unknown" };
  if (found.missing !== null) return { is: "missing", tag: found.missing };
  return { is: found.overtaken ? "overtaken" : "done" };
}
