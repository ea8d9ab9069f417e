import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { insertFrom } from "../../recordset.ts";
import { notificationsCheckout, notificationsIssue } from "../../schema/index.ts";

export type IssueKey = { issueId: string; issueVersion: number };

/** Notes issues that were found new, as not reported yet. */
export async function storeNewIssues(
  tx: Database,
  issues: readonly (IssueKey & { issueType: "build" | "boot" | "test" })[],
): Promise<void> {
  await tx.execute(
    sql`${insertFrom(notificationsIssue, ["issueId", "issueVersion", "issueType"], issues)} on conflict do nothing`,
  );
}

/** Notes that an issue was reported by a mail. */
export async function storeSentIssue(
  tx: Database,
  { issueId, issueVersion, issueType }: IssueKey & { issueType: "build" | "boot" | "test" },
  messageId: string,
): Promise<void> {
  await tx.execute(sql`
    insert into ${notificationsIssue} (issue_id, issue_version, issue_type, notification_message_id, notification_sent)
    values (${issueId}, ${issueVersion}, ${issueType}, ${messageId}, now())
    on conflict (issue_id, issue_version) do update set issue_type = excluded.issue_type,
      notification_message_id = excluded.notification_message_id, notification_sent = excluded.notification_sent`);
}

/** Has an issue never be reported by itself: it loses its type. */
export async function ignoreIssue(db: Database, issueId: string): Promise<void> {
  await db.execute(sql`update ${notificationsIssue} set issue_type = null where issue_id = ${issueId}`);
}

/** Notes that the summary of a checkout was sent by a mail. */
export async function storeSentSummary(
  tx: Database,
  sent: Omit<typeof notificationsCheckout.$inferInsert, "id" | "notificationSent">,
): Promise<void> {
  await tx.insert(notificationsCheckout).values({ ...sent, notificationSent: sql`now()` });
}
