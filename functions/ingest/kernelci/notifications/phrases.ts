import { type PlainText, plainText } from "./plain-text.ts";
import type { NotificationSettings } from "./settings.ts";

/** The dashboard's address of an object. */
export function dashboardLink(
  { KERNELCI_DASHBOARD_URL: base }: Pick<NotificationSettings, "KERNELCI_DASHBOARD_URL">,
  kind: "issue" | "build" | "test",
  id: string,
): string {
  return `${base}/${kind}/${encodeURIComponent(id).replaceAll("%3A", ":")}`;
}

/** What names a tree and its branch to people. */
export const branchName = ({ tree, branch }: { tree: string | null; branch: string | null }) =>
  `${tree ?? "unknown"}/${branch ?? "unknown"}`;

/** What is asked of those who mend a regression, with the address at which the mail is archived. */
export function reportedBy(messageId: string): PlainText {
  return plainText`If you fix this, please name the report in the commit:

Reported-by: kernelci.org bot <bot@kernelci.org>
Link: https://lore.kernel.org/all/${messageId.slice(1, -1)}/`;
}

/** The lines that the regression robot reads (regzbot). */
export function regzbotLines(range: { good: string; bad: string }, link: string): PlainText {
  return plainText`#regzbot introduced: ${range.good}..${range.bad}
#regzbot link: ${link}`;
}

/** A time for people, in UTC, as subjects have it. */
export const minuteOf = (at: Date) => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** A report's text with what stands below each of them. */
export function withFooter(text: PlainText): PlainText {
  return plainText`${text}

--
KernelCI reports. Feedback is welcome at kernelci@lists.linux.dev`;
}
