import { type SQL, sql } from "drizzle-orm";
import { builds, tests } from "../../../schema/index.ts";
import { grouped, named } from "./sides.ts";

const BUILD = [named(sql`b.config_name`), named(sql`b.architecture`), named(sql`b.compiler`)] as const;
const TEST = [
  named(sql`t.path`),
  named(sql`b.config_name`),
  named(sql`b.architecture`),
  named(sql`t.environment_misc ->> 'platform'`),
] as const;

/** Which tests are paired: boots, the other tests, or both; those without a path are neither. */
export const OF_KIND = {
  boots: sql`(t.path = 'boot' or starts_with(t.path, 'boot.'))`,
  tests: sql`not (t.path = 'boot' or starts_with(t.path, 'boot.'))`,
  both: sql`t.path is not null`,
} as const satisfies Record<string, SQL>;

const NO_DUMMY = sql`not starts_with(b.id, 'maestro:dummy_')`;

/**
 * A select that pairs the builds of both sides of the CTE `checkout` by identity: (config_name, architecture, compiler,
 * status_a, status_b), null where a side has none. Of each identity the item counts that started last.
 */
export function buildPairs(where: SQL = sql`true`): SQL {
  const [config, architecture, compiler] = BUILD;
  return paired(
    sql`config_name, architecture, compiler`,
    sql`select distinct on (c.side, ${config}, ${architecture}, ${compiler}) c.side, ${config} as config_name,
        ${architecture} as architecture, ${compiler} as compiler, ${grouped(sql`b.status`)} as status
      from checkout c join ${builds} b on b.checkout_id = c.id where ${NO_DUMMY} and ${where}
      order by c.side, ${config}, ${architecture}, ${compiler}, b.start_time desc nulls last, b._timestamp desc nulls last`,
  );
}

/** The same of tests: (path, config_name, architecture, platform, status_a, status_b). */
export function testPairs(kind: keyof typeof OF_KIND, where: SQL = sql`true`): SQL {
  const [path, config, architecture, platform] = TEST;
  return paired(
    sql`path, config_name, architecture, platform`,
    sql`select distinct on (c.side, ${path}, ${config}, ${architecture}, ${platform}) c.side, ${path} as path,
        ${config} as config_name, ${architecture} as architecture, ${platform} as platform, ${grouped(sql`t.status`)} as status
      from checkout c join ${builds} b on b.checkout_id = c.id join ${tests} t on t.build_id = b.id
      where ${NO_DUMMY} and ${OF_KIND[kind]} and ${where}
      order by c.side, ${path}, ${config}, ${architecture}, ${platform}, t.start_time desc nulls last, t._timestamp desc nulls last`,
  );
}

function paired(identity: SQL, latest: SQL): SQL {
  return sql`select ${identity}, max(status) filter (where side = 'a') as status_a, max(status) filter (where side = 'b') as status_b
    from (${latest}) as latest group by ${identity}`;
}
