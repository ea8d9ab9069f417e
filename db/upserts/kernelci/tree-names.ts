import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import { insertFrom } from "../../recordset.ts";
import { treeNames } from "../../schema/index.ts";
import type { NewCheckout } from "./objects.ts";

const TreeName = z.object({ url: z.string(), name: z.string() });

/** Checkouts with the tree name that the operator's map gives their repository; others keep what was submitted. */
export async function withTreeNames(tx: Database, checkouts: readonly NewCheckout[]): Promise<NewCheckout[]> {
  const urls = [...new Set(checkouts.flatMap(({ gitRepositoryUrl }) => gitRepositoryUrl ?? []))];
  if (urls.length === 0) return [...checkouts];
  const named = await rows(
    tx,
    TreeName,
    sql`select git_repository_url as url, tree_name as name from ${treeNames}
      where git_repository_url in (select jsonb_array_elements_text(${JSON.stringify(urls)}::jsonb))`,
  );
  const names = new Map(named.map(({ url, name }) => [url, name]));
  return checkouts.map((checkout) => {
    const treeName = names.get(checkout.gitRepositoryUrl ?? "");
    return treeName === undefined ? checkout : { ...checkout, treeName };
  });
}

/** Makes the operator's map what is given, tree name by repository. */
export async function storeTreeNames(tx: Database, names: ReadonlyMap<string, string>): Promise<void> {
  const given = [...names].map(([gitRepositoryUrl, treeName]) => ({ gitRepositoryUrl, treeName }));
  await tx.execute(sql`delete from ${treeNames}`);
  await tx.execute(insertFrom(treeNames, ["gitRepositoryUrl", "treeName"], given));
}
