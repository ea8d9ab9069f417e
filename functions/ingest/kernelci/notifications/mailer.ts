import type { Mail } from "../../../../db/upserts/ledger/outbox.ts";
import { headerText, isMessageId } from "../../mail/header-text.ts";
import { type Mailbox, parseMailbox } from "../../mail/mailbox.ts";
import { type Letter, type Mailer, smtpMailer } from "../../mail/smtp.ts";
import type { NotificationSettings } from "./settings.ts";

/** What sends /kernelci's mails; undefined when no mail server is set. */
export function kernelciMailer(config: NotificationSettings): Mailer | undefined {
  const { KERNELCI_MAIL_SERVER: host, KERNELCI_MAIL_PORT: port, KERNELCI_MAIL_TLS: tls } = config;
  const { KERNELCI_MAIL_USER: user, KERNELCI_MAIL_PASSWORD: pass } = config;
  if (host === undefined) return undefined;
  return smtpMailer({ host, port, tls, login: user === undefined || pass === undefined ? undefined : { user, pass } });
}

/** The mail of a row of the outbox; undefined when this release cannot read it. */
export function letterOf({ about }: Pick<Mail, "about">): Letter | undefined {
  const from = parseMailbox(about.from ?? "");
  const to = mailboxes(about.to);
  if (from === undefined || to.length === 0 || !isMessageId(about.messageId ?? "")) return undefined;
  return {
    messageId: about.messageId ?? "",
    from,
    to,
    cc: mailboxes(about.cc),
    replyTo: parseMailbox(about.replyTo ?? ""),
    inReplyTo: isMessageId(about.inReplyTo ?? "") ? about.inReplyTo : undefined,
    subject: headerText(about.subject ?? ""),
    text: about.text ?? "",
    headers: {},
  };
}

const mailboxes = (lines: string | undefined): Mailbox[] =>
  (lines ?? "").split("\n").flatMap((line) => parseMailbox(line) ?? []);
