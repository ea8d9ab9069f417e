import type { Database } from "../../../db/client.ts";
import { type Mail, postponeMail, postponeOthers, settleMail, takeDueMail } from "../../../db/upserts/ledger/outbox.ts";
import { OutboxMessage } from "../../messages/outbox.ts";
import { log } from "../log.ts";
import { isMailAddress } from "../mail/address.ts";
import { backoffSeconds, keptReason } from "../outcome.ts";
import { storableJson, textOf } from "../parse-body.ts";
import { parsed } from "../parsed.ts";
import type { Resources } from "../resources.ts";
import { sendOn } from "../send-on.ts";
import type { Task } from "../tasks.ts";
import { textOfMail } from "./letters.ts";

/** After so long no further mail is begun; the last one's server may then still be slow. */
const TURN_MS = 5_000;

/** What became of one mail; `away`: the server took nothing, and would not take the next one either. */
type Step = "none due" | "done with" | "away";

/**
 * Sends the mails of /eosc-perf that are due, oldest first. A mail is marked in the transaction that holds it while it is
 * sent, so no two consumers send it; one that dies between the server's yes and the mark sends it once more, under the
 * same Message-ID. For what was not taken a message that is received when it is due goes to the queue.
 */
export const sendMails: Task = async (delivery, resources) => {
  parsed(OutboxMessage, storableJson(textOf(delivery.body)));
  const end = performance.now() + TURN_MS;
  const tryLater = (afterSeconds: number) => sendOn(delivery, resources, { afterSeconds });
  let step: Step = "done with";
  while (step === "done with" && performance.now() < end)
    step = await resources.db.transaction((tx) => sendNext(tx, resources, tryLater));
  if (step === "done with") await sendOn(delivery, resources);
};

type Needs = Pick<Resources, "config" | "mailer">;

async function sendNext(
  tx: Database,
  { config, mailer }: Needs,
  tryLater: (seconds: number) => Promise<void>,
): Promise<Step> {
  const mail = await takeDueMail(tx, "eosc-perf");
  if (mail === undefined) return "none due";
  const settle = async (state: "sent" | "not_sent" | "failed", note?: string) => {
    await settleMail(tx, mail.id, { state, note: note ?? null });
    log(`mail ${state.replace("_", " ")}`, {
      mailId: mail.id,
      mailEvent: mail.event,
      about: mail.about.id,
    });
    return "done with" as const;
  };
  const text = textOfMail(mail);
  if (text === undefined) return await settle("failed", "this release does not know what to write");
  if (!isMailAddress(mail.recipient)) return await settle("failed", "the recipient is not an email address");
  if (mailer === undefined) return await settle("not_sent", "no mail server is set");
  const delivered = await mailer.send(letter(mail, text, config));
  if (delivered.is === "taken") return await settle("sent");
  const reason = keptReason(delivered.reason, 500);
  if (delivered.is === "refused") return await settle("failed", reason);
  const seconds = backoffSeconds(mail.tries + 1, config.RETRY_BASE_SECONDS);
  await postponeMail(tx, mail.id, seconds, reason);
  if (delivered.is === "away") await postponeOthers(tx, "eosc-perf", seconds);
  // Before the commit: a mail that is due later always has its message.
  await tryLater(seconds);
  log("mail postponed", { mailId: mail.id, mailEvent: mail.event, tries: mail.tries + 1, seconds, reason });
  return delivered.is === "away" ? "away" : "done with";
}

function letter(mail: Mail, text: NonNullable<ReturnType<typeof textOfMail>>, config: Needs["config"]) {
  const { EOSC_PERF_MAIL_FROM: from, EOSC_PERF_MAIL_SUPPORT: support } = config;
  const { copyToSupport, ...rest } = text;
  const host = from.slice(from.lastIndexOf("@") + 1);
  const cc = copyToSupport && support !== "" ? support : undefined;
  return { ...rest, messageId: `<${mail.id}@${host}>`, from, to: mail.recipient, cc };
}
