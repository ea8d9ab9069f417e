import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { checkouts, hardwareStatus, latestCheckout } from "../../../schema/index.ts";
import { arrayText, textOf } from "../json-text.ts";

/** What the list of hardware is asked; times are ISO texts, both included. */
export type HardwareListQuestion = {
  /** Origin of the tests. */
  origin: string;
  since: string;
  until: string;
  /** Hashes and tags; none: the newest checkout of each branch. */
  commits: readonly string[];
};

/**
 * The platforms that tests of an origin ran on, with the counts of the checkouts asked for, as JSON text (contract part 06,
 * list); `[]` when there are none.
 */
export async function listHardware(db: Database, question: HardwareListQuestion): Promise<string> {
  const platforms = arrayText(sql`
    select h.compatibles as hardware, h.platform, ${simpleCounts("test")} as test_status_summary,
      ${simpleCounts("boot")} as boot_status_summary, ${simpleCounts("build")} as build_status_summary
    from (${checkoutsAsked(question)}) as c join ${hardwareStatus} h on h.checkout_id = c.id
    where h.test_origin = ${question.origin}
    group by h.platform, h.compatibles order by h.platform, h.compatibles`);
  return (await textOf(db, sql`select ${platforms} as text`)) ?? "[]";
}

/** Without commits only the newest checkout of each branch counts, with commits every checkout of them. */
function checkoutsAsked({ since, until, commits }: HardwareListQuestion): SQL {
  const range = sql`start_time >= ${since}::timestamptz and start_time <= ${until}::timestamptz`;
  if (commits.length === 0) return sql`select checkout_id as id from ${latestCheckout} where ${range}`;
  const wanted = sql`array(select jsonb_array_elements_text(${JSON.stringify(commits)}::jsonb))`;
  return sql`select id from ${checkouts} where ${range} and (git_commit_hash = any(${wanted}) or git_commit_tags && ${wanted})`;
}

function simpleCounts(prefix: "build" | "boot" | "test"): SQL {
  const sum = (name: string) => sql`coalesce(sum(h.${sql.identifier(`${prefix}_${name}`)}), 0)`;
  return sql`json_build_object('PASS', ${sum("pass")}, 'FAIL', ${sum("failed")}, 'INCONCLUSIVE', ${sum("inc")})`;
}
