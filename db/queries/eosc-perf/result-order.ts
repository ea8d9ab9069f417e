import { type SQL, sql } from "drizzle-orm";
import { benchmarks, flavors, results, resultValues, sites, valuePaths } from "../../schema/index.ts";
import { byBytes, type Sort } from "./sort.ts";

/** What results can be ordered by besides their documents. */
const SORTS = {
  id: sql`r.id`,
  execution_datetime: sql`r.execution_datetime`,
  upload_datetime: sql`r.upload_datetime`,
  benchmark_id: sql`r.benchmark_id`,
  benchmark_name: byBytes(sql`(b.docker_image || ':' || b.docker_tag)`),
  site_id: sql`r.site_id`,
  site_name: byBytes(sql`s.name`),
  site_address: byBytes(sql`s.address`),
  flavor_id: sql`r.flavor_id`,
  flavor_name: byBytes(sql`f.name`),
  uploader_sub: byBytes(sql`r.uploader_sub`),
  uploader_iss: byBytes(sql`r.uploader_iss`),
  deleted: sql`r.deleted`,
  json: sql`r.json`,
};
export type ResultField = keyof typeof SORTS;
export const RESULT_FIELDS = Object.keys(SORTS) as ResultField[]; // Object.keys forgets its keys' type.

/** One key of an order: a field, or `json.` and a path of members. */
export type ResultSort = Sort<ResultField | `json.${string}`>;

const isPath = (field: string) => field.startsWith("json.");
const isField = (field: string): field is ResultField => field in SORTS;
const direction = (descending: boolean) => sql.raw(descending ? "desc" : "asc");

/** Whether an order looks into documents. */
export const looksInside = (sorts: readonly ResultSort[]) => sorts.some(({ field }) => isPath(field));

/** An order of results `r`: the joins it needs, and its keys; ties are settled by the order of upload. */
export type ResultOrder = { joins: SQL; order: SQL };

/**
 * Orders by columns, of `r` and of the tables it names. A path orders as PostgreSQL orders `jsonb`, by the values kept
 * beside the documents; by the documents where those don't suffice (contract section 1.4), which needs the rows that are
 * to be sorted in `matched (key, benchmark_id, indexed)` and in `matched_keys`.
 */
export function resultOrder(sorts: readonly ResultSort[]): ResultOrder {
  const joins: SQL[] = [];
  const named = new Set(sorts.map(({ field }) => field.split("_")[0]));
  if (named.has("benchmark")) joins.push(sql`join ${benchmarks} b on b.id = r.benchmark_id`);
  if (named.has("site")) joins.push(sql`join ${sites} s on s.id = r.site_id`);
  if (named.has("flavor")) joins.push(sql`join ${flavors} f on f.id = r.flavor_id`);
  const keys = sorts.flatMap(({ field, descending }, at): SQL[] => {
    const turn = direction(descending);
    if (isField(field)) return [sql`${SORTS[field]} ${turn}`];
    const path = field.slice("json.".length);
    const [v, t] = [sql.raw(`v${at}`), sql.raw(`t${at}`)];
    joins.push(sql`full join (${valuesAt(path)}) ${v} on ${v}.key = r.key`);
    joins.push(sql`full join (${textsAt(path)}) ${t} on ${t}.key = r.key`);
    return [
      sql`case when ${needsDocuments(path)} then ${documentValue(path)} end ${turn}`,
      sql`${v}.kind ${turn}`,
      sql`case when ${v}.kind = 2 then ${v}.number end ${turn}`,
      sql`case when ${v}.kind in (1, 3) then ${t}.text end collate "C" ${turn}`,
    ];
  });
  return { joins: sql.join(joins, sql` `), order: sql.join([...keys, sql`r.key`], sql`, `) };
}

/** The keys of `matched`, as one array a benchmark: all its values at a path are then one walk through an index. */
export const MATCHED_KEYS = sql`matched_keys as materialized (
  select benchmark_id, array_agg(key) as keys from matched group by benchmark_id)`;

/** The keys `k` of benchmarks that have a path `p`, with the values of each. */
const atPath = (path: string, columns: SQL) => sql`
  select v.* from matched_keys k join ${valuePaths} p on p.benchmark_id = k.benchmark_id and p.path = ${path}
  cross join lateral (select v.key, ${columns} from ${resultValues} v where v.path_id = p.id and v.key = any(k.keys)) v`;

/**
 * The kept values of `matched` at a path. They are joined fully, though each is of a row: a full join is never done row by
 * row, which the planner would choose, since it can't know how many there are.
 */
const valuesAt = (path: string) => atPath(path, sql`v.kind, v.number`);

/** Their texts, where there are some: away from the index that holds the rest. */
const textsAt = (path: string) => sql`${atPath(path, sql`v.text`)} where p.has_texts`;

/** Whether some of the rows to be sorted can't be told apart by the values kept beside them; looked up once a statement. */
const needsDocuments = (path: string) => sql`(select exists (select from matched where not indexed) or exists (
    select from matched_keys k join ${valuePaths} p on p.benchmark_id = k.benchmark_id and p.path = ${path} where p.needs_document
  ))`;

/** The JSON value at a path of members; a number in the path is a member's name here, never an index. */
function documentValue(path: string): SQL {
  const value = path.split(".").reduce((inside, member) => sql`${inside} -> ${member}::text`, sql`d.json`);
  return sql`(select ${value} from ${results} d where d.key = r.key)`;
}
