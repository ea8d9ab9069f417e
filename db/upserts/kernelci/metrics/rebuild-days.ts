import { sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { builds, checkouts, incidents, issues, metricsByDay, metricsLabBuilds, tests } from "../../../schema/index.ts";
import { metricFacts } from "./facts.ts";
import { GROUP, labBuilds } from "./keep-days.ts";

/** Recounts the roll-ups by day from the objects. The caller holds `lockSource`. */
export async function rebuildDays(tx: Database): Promise<void> {
  await tx.execute(sql`delete from ${metricsLabBuilds}`);
  await tx.execute(sql`
    insert into ${metricsLabBuilds} (build_id, lab, day, total)
    select build_id, name, day, count(*) from (select ${metricFacts(tests)} from ${tests}) as facts
    where build_id is not null and day is not null group by build_id, name, day`);
  const tables = [checkouts, builds, tests, issues, incidents];
  const facts = tables.map(
    (table) => sql`select day, what, name, issue_id, issue_version, null::date as previous_day, 1 as total
      from (select ${metricFacts(table)} from ${table}) as facts where day is not null`,
  );
  await tx.execute(sql`delete from ${metricsByDay}`);
  await tx.execute(sql`
    insert into ${metricsByDay} (${GROUP}, slot, total)
    select ${GROUP}, 0, sum(total) from (
      ${sql.join([...facts, labBuilds(sql`${metricsLabBuilds}`, 1)], sql` union all `)}
    ) as counted group by ${GROUP}`);
}
