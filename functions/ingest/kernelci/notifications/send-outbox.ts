import type { Mail } from "../../../../db/upserts/ledger/outbox.ts";
import { OutboxMessage } from "../../../messages/outbox.ts";
import { type Exit, type Prepared, sendDue } from "../../mail/send-due.ts";
import { storableJson, textOf } from "../../parse-body.ts";
import { parsed } from "../../parsed.ts";
import type { Resources } from "../../resources.ts";
import { sendOn } from "../../send-on.ts";
import type { Task } from "../../tasks.ts";
import { letterOf } from "./mailer.ts";

/** After so long nothing further is begun by one way out; the other side may then still be slow. */
const TURN_MS = 5_000;

/** Sends the mails and chat messages of /kernelci that are due; what is left goes with a message of its own. */
export const sendOutbox: Task = async (delivery, resources) => {
  parsed(OutboxMessage, storableJson(textOf(delivery.body)));
  const exits: Exit[] = [
    { source: "kernelci", channel: "mail", prepare: (mail) => prepareMail(mail, resources) },
    { source: "kernelci", channel: "chat", prepare: (mail) => prepareMessage(mail, resources) },
  ];
  let hasMore = false;
  for (const exit of exits) {
    const left = await sendDue(resources, exit, {
      end: performance.now() + TURN_MS,
      tryLater: (afterSeconds) => sendOn(delivery, resources, { afterSeconds }),
    });
    hasMore ||= left;
  }
  if (hasMore) await sendOn(delivery, resources);
};

function prepareMail(mail: Mail, { kernelciMailer: mailer }: Pick<Resources, "kernelciMailer">): Prepared {
  const letter = letterOf(mail);
  if (letter === undefined) return { failed: "this release does not know what to write" };
  if (mailer === undefined) return { notSent: "no mail server is set" };
  return { hand: () => mailer.send(letter) };
}

function prepareMessage({ about }: Mail, { discord }: Pick<Resources, "discord">): Prepared {
  const { text } = about;
  if (text === undefined) return { failed: "this release does not know what to write" };
  if (discord === undefined) return { notSent: "no webhook is set" };
  return { hand: () => discord.post(text) };
}
