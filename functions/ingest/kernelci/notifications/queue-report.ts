import { randomUUID } from "node:crypto";
import type { Database } from "../../../../db/client.ts";
import { insertMail } from "../../../../db/upserts/ledger/outbox.ts";
import { headerText } from "../../mail/header-text.ts";
import { printMailbox } from "../../mail/mailbox.ts";
import { findAddressees } from "./addressees.ts";
import type { Report, Request } from "./report.ts";
import type { NotificationSettings } from "./settings.ts";

/** What became of a report: its mail waits in the outbox, was there before, or has nobody to go to. */
export type Queued = "queued" | "repeat" | "nobody";

/**
 * Puts a report's mail into the outbox and notes it as sent, both in the caller's transaction. `key` makes it the same mail
 * when it is decided a second time.
 */
export async function queueReport(
  tx: Database,
  report: Report,
  { request, settings, key }: { request: Request; settings: NotificationSettings; key: string | null },
): Promise<Queued> {
  const { to, cc, replyTo } = findAddressees(report, request, settings);
  const [first] = to;
  if (first === undefined) return "nobody";
  const from = settings.KERNELCI_MAIL_FROM;
  const id = randomUUID();
  const messageId = `<${id}@${from.address.slice(from.address.lastIndexOf("@") + 1)}>`;
  const about = {
    messageId,
    from: printMailbox(from),
    to: to.map(printMailbox).join("\n"),
    cc: cc.map(printMailbox).join("\n"),
    replyTo: replyTo === undefined ? "" : printMailbox(replyTo),
    inReplyTo: request.inReplyTo ?? "",
    subject: headerText(report.subject),
    text: report.text(messageId),
  };
  const mail = { id, source: "kernelci", channel: "mail", key, event: report.action, about } as const;
  if (!(await insertMail(tx, { ...mail, recipient: first.address }))) return "repeat";
  await report.store?.(tx, messageId);
  return "queued";
}
