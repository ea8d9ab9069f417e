import { sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { builds, checkouts, hardwareBoards, hardwareTestsRollup } from "../../../schema/index.ts";
import { countObject } from "../count-object.ts";
import { arrayText, textOf } from "../json-text.ts";

/** A commit of a branch; checkouts of any origin are meant, tests of one. */
export type Revision = { tree: string; url: string; branch: string; commit: string; origin: string };

/** The platforms that a revision was tested on, with its counts there, as JSON text (contract part 06). */
export async function listHardwareByRevision(db: Database, revision: Revision): Promise<string> {
  const { tree, url, branch, commit, origin } = revision;
  const tests = (kind: "boots" | "tests") =>
    countObject("PASS", (status) => {
      const counter = sql.identifier(`${status.toLowerCase()}_tests`);
      return sql`coalesce(sum(ran.${counter}) filter (where ${kind === "boots" ? sql`ran.is_boot` : sql`not ran.is_boot`}), 0)`;
    });
  const platforms = arrayText(sql`
    select ran.compatibles as hardware, ran.platform, ${tests("tests")} as test_status_summary, ${tests("boots")} as boot_status_summary,
      ${countObject(
        "PASS",
        (status) =>
          sql`count(distinct b.id) filter (where coalesce(b.status, 'NULL') = ${sql.raw(`'${status}'`)}
            and not starts_with(b.id, 'maestro:dummy_'))`,
      )} as build_status_summary
    from ran join ${builds} b on b.id = ran.build_id
    group by ran.platform, ran.compatibles order by ran.platform, ran.compatibles`);
  const text = await textOf(
    db,
    sql`
    with checkout as materialized (
      select c.id from ${checkouts} c where c.git_commit_hash = ${commit} and c.tree_name = ${tree}
        and c.git_repository_branch = ${branch} and c.git_repository_url = ${url}
    ), ran as materialized (
      select r.*, k.platform, k.compatibles from checkout c join ${hardwareTestsRollup} r on r.checkout_id = c.id
      join ${hardwareBoards} k on k.board = r.board
      where r.test_origin = ${origin} and k.platform is not null
    )
    select ${platforms} as text`,
  );
  return text ?? "[]";
}
