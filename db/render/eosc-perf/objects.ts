import { type SQL, sql } from "drizzle-orm";
import { results, resultTags, tags } from "../../schema/index.ts";

/* The contract's objects as JSON (section 3); each is over a table under the alias its comment names. */

/** ISO 8601 without offset, microseconds only where there are some. */
export function moment(column: SQL): SQL {
  return sql`replace(to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US'), '.000000', '')`;
}

/** A JSON object; the member that may be absent is left out where it is null. Values of type `json` stay as they are. */
export function jsonObject(members: Readonly<Record<string, SQL>>, optional: readonly [string, SQL] | undefined): SQL {
  const pairs = Object.entries(members).map(([name, value]) => sql`${sql.raw(`'${name}'`)}, ${value}`);
  const built = sql`json_build_object(${sql.join(pairs, sql`, `)})`;
  if (optional === undefined) return built;
  const [name, value] = optional;
  const whole = sql`json_build_object(${sql.join([...pairs, sql`${sql.raw(`'${name}'`)}, ${value}`], sql`, `)})`;
  return sql`case when ${value} is null then ${built} else ${whole} end`;
}

/** Over `tag t`. */
export const TAG = jsonObject({ id: sql`t.id`, name: sql`t.name` }, ["description", sql`t.description`]);

/** Over `user u`. */
export const USER = jsonObject(
  {
    sub: sql`u.sub`,
    iss: sql`u.iss`,
    email: sql`u.email`,
    registration_datetime: moment(sql`u.registration_datetime`),
  },
  undefined,
);

/** Over `site s`. */
export const SITE = jsonObject(
  { id: sql`s.id`, upload_datetime: moment(sql`s.upload_datetime`), name: sql`s.name`, address: sql`s.address` },
  ["description", sql`s.description`],
);

/** Over `flavor f`. */
export const FLAVOR = jsonObject(
  { id: sql`f.id`, upload_datetime: moment(sql`f.upload_datetime`), name: sql`f.name` },
  ["description", sql`f.description`],
);

/** Over `benchmark b`; the schema keeps its text. */
export const BENCHMARK = jsonObject(
  {
    id: sql`b.id`,
    upload_datetime: moment(sql`b.upload_datetime`),
    docker_image: sql`b.docker_image`,
    docker_tag: sql`b.docker_tag`,
    url: sql`b.url`,
    json_schema: sql`b.json_schema`,
  },
  ["description", sql`b.description`],
);

/** Over `result r`, `benchmark b`, `site s` and `flavor f`, with a JSON array of tags; the document's numbers keep their text. */
export const resultWith = (tagged: SQL): SQL =>
  jsonObject(
    {
      id: sql`r.id`,
      upload_datetime: moment(sql`r.upload_datetime`),
      execution_datetime: moment(sql`r.execution_datetime`),
      benchmark: BENCHMARK,
      site: SITE,
      flavor: FLAVOR,
      tags: tagged,
      json: sql`r.json`,
    },
    undefined,
  );

/** All of `tag t` in `from`, as a JSON array. */
export const tagsIn = (from: SQL): SQL => sql`(select coalesce(json_agg(${TAG} order by t.name), '[]') from ${from})`;

/** A result with the tags it has. */
export const RESULT = resultWith(
  tagsIn(sql`${resultTags} l join ${tags} t on t.id = l.tag_id where l.result_id = r.id`),
);

/** Over `claim c` and its uploader, `user u`, with the id of the result that points at it, if one does. */
export const claimOn = (result: SQL): SQL =>
  jsonObject(
    {
      id: sql`c.id`,
      upload_datetime: moment(sql`c.upload_datetime`),
      message: sql`c.message`,
      resource_type: sql`c.resource_type`,
      uploader: USER,
    },
    ["resource_id", result],
  );

/** A claim; without a resource once another one took the result over. */
export const CLAIM = claimOn(sql`(select r.id from ${results} r where r._claim_report_id = c.id)`);
