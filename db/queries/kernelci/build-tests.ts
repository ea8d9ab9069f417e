import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { tests } from "../../schema/index.ts";
import { arrayText, fraction, instant, textOf } from "./json-text.ts";

/** The tests of a build, boots included, as JSON text; null when there are none (contract part 07). */
export async function testsOfBuild(db: Database, buildId: string): Promise<string | null> {
  const items = sql`
    select t.id, coalesce(t.status, 'NULL') as status, ${fraction(sql`t.duration`)} as duration, t.path,
      ${instant(sql`t.start_time`)} as start_time, t.environment_compatible, t.environment_misc,
      t.misc ->> 'runtime' as lab
    from ${tests} t where t.build_id = ${buildId} order by t.id`;
  return await textOf(db, sql`select nullif(${arrayText(items)}, '[]') as text`);
}
