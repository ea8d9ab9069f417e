import type { Mail } from "../../../db/upserts/ledger/outbox.ts";
import { OutboxMessage } from "../../messages/outbox.ts";
import { isMailAddress } from "../mail/address.ts";
import { type Prepared, sendDue } from "../mail/send-due.ts";
import type { Letter } from "../mail/smtp.ts";
import { storableJson, textOf } from "../parse-body.ts";
import { parsed } from "../parsed.ts";
import type { Resources } from "../resources.ts";
import { sendOn } from "../send-on.ts";
import type { Task } from "../tasks.ts";
import { textOfMail } from "./letters.ts";

/** After so long no further mail is begun; the last one's server may then still be slow. */
const TURN_MS = 5_000;

/** Sends the mails of /eosc-perf that are due; what is left goes with a message of its own. */
export const sendMails: Task = async (delivery, resources) => {
  parsed(OutboxMessage, storableJson(textOf(delivery.body)));
  const exit = { source: "eosc-perf", channel: "mail", prepare: (mail: Mail) => prepare(mail, resources) } as const;
  const hasMore = await sendDue(resources, exit, {
    end: performance.now() + TURN_MS,
    tryLater: (afterSeconds) => sendOn(delivery, resources, { afterSeconds }),
  });
  if (hasMore) await sendOn(delivery, resources);
};

function prepare(mail: Mail, { config, mailer }: Pick<Resources, "config" | "mailer">): Prepared {
  const text = textOfMail(mail);
  if (text === undefined) return { failed: "this release does not know what to write" };
  if (!isMailAddress(mail.recipient)) return { failed: "the recipient is not an email address" };
  if (mailer === undefined) return { notSent: "no mail server is set" };
  return { hand: () => mailer.send(letter(mail, text, config)) };
}

const plain = (address: string) => ({ name: "", address });

function letter(
  mail: Mail,
  { copyToSupport, ...text }: NonNullable<ReturnType<typeof textOfMail>>,
  config: Resources["config"],
): Letter {
  const { EOSC_PERF_MAIL_FROM: from, EOSC_PERF_MAIL_SUPPORT: support } = config;
  const host = from.slice(from.lastIndexOf("@") + 1);
  const cc = copyToSupport && support !== "" ? [plain(support)] : [];
  return { ...text, messageId: `<${mail.id}@${host}>`, from: plain(from), to: [plain(mail.recipient)], cc };
}
