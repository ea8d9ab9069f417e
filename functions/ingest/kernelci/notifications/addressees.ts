import { type Mailbox, parseMailbox } from "../../mail/mailbox.ts";
import type { Report, Request } from "./report.ts";
import type { NotificationSettings } from "./settings.ts";

/** Whom a report goes to. */
export type Addressees = { to: Mailbox[]; cc: Mailbox[]; replyTo: Mailbox | undefined };

/** Trees whose regressions the kernel's own list hears of. */
const REGRESSION_TREES = ["mainline", "next", "stable"];

/** Whether a report goes to the mailing lists. */
export const goesToLists = (report: Pick<Report, "forLists">, request: Request) =>
  request.addMailingLists || report.forLists === true;

/** Whether a regression goes to the kernel's list of regressions, whose robot reads lines of it. */
export function isForRegressions(report: Pick<Report, "forLists" | "regressionOf">, request: Request): boolean {
  return goesToLists(report, request) && REGRESSION_TREES.includes(report.regressionOf ?? "");
}

/** Whom a report goes to: as asked, and to those who subscribed. Without `to`, copies go to their readers themselves. */
export function findAddressees(report: Report, request: Request, settings: NotificationSettings): Addressees {
  const isForLists = goesToLists(report, request);
  const to = parse(isForLists ? [settings.KERNELCI_MAIL_RESULTS] : request.to);
  const cc = parse([
    ...(isForRegressions(report, request) ? [settings.KERNELCI_MAIL_REGRESSIONS] : []),
    ...request.cc,
    ...(request.ignoreRecipients ? [] : report.recipients),
  ]).filter(({ address }) => !to.some((other) => other.address === address));
  const replyTo = isForLists ? parseMailbox(settings.KERNELCI_MAIL_REPLY_TO) : undefined;
  return to.length === 0 ? { to: cc, cc: [], replyTo } : { to, cc, replyTo };
}

/** The mailboxes of texts, each address once. */
function parse(texts: readonly string[]): Mailbox[] {
  const byAddress = new Map<string, Mailbox>();
  for (const text of texts) {
    const mailbox = parseMailbox(text);
    if (mailbox !== undefined && !byAddress.has(mailbox.address)) byAddress.set(mailbox.address, mailbox);
  }
  return [...byAddress.values()];
}
