import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { insertFrom } from "../../recordset.ts";
import { type Subscriptions, subscribedHardware, subscribedReports, subscribedTrees } from "../../schema/index.ts";

/** Makes all subscriptions what is given. */
export async function storeSubscriptions(tx: Database, { trees, reports, hardware }: Subscriptions): Promise<void> {
  for (const table of [subscribedTrees, subscribedReports, subscribedHardware])
    await tx.execute(sql`delete from ${table}`);
  const report = ["file", "tree", "position", "label", "branch", "origin", "always", "paths", "recipients"] as const;
  await tx.execute(insertFrom(subscribedTrees, ["file", "name", "url", "defaultRecipients"], trees));
  await tx.execute(insertFrom(subscribedReports, [...report, "ignoresDefaultRecipients"], reports));
  await tx.execute(
    insertFrom(subscribedHardware, ["platform", "origin", "file", "labs", "defaultRecipients"], hardware),
  );
}
