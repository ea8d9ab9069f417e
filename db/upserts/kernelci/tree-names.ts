import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../client.ts";
import { insertFrom } from "../../recordset.ts";
import { treeNames } from "../../schema/index.ts";
import type { NewCheckout } from "./objects.ts";

/** Checkouts with the tree name that the operator's map gives their repository; others keep what was submitted. */
export async function withTreeNames(tx: Database, checkouts: readonly NewCheckout[]): Promise<NewCheckout[]> {
  const urls = [...new Set(checkouts.flatMap(({ gitRepositoryUrl }) => gitRepositoryUrl ?? []))];
  if (urls.length === 0) return [...checkouts];
  const rows = await rowsOf(
    tx,
    sql`select git_repository_url, tree_name from ${treeNames}
      where git_repository_url in (select jsonb_array_elements_text(${JSON.stringify(urls)}::jsonb))`,
  );
  const names = new Map(rows.map((row) => [String(row.git_repository_url), String(row.tree_name)]));
  return checkouts.map((checkout) => {
    const treeName = names.get(checkout.gitRepositoryUrl ?? "");
    return treeName === undefined ? checkout : { ...checkout, treeName };
  });
}

/** Makes the operator's map what is given, tree name by repository. */
export async function storeTreeNames(tx: Database, names: ReadonlyMap<string, string>): Promise<void> {
  const rows = [...names].map(([gitRepositoryUrl, treeName]) => ({ gitRepositoryUrl, treeName }));
  await tx.execute(sql`delete from ${treeNames}`);
  await tx.execute(insertFrom(treeNames, ["gitRepositoryUrl", "treeName"], rows));
}
