import * as z from "zod";
import type { TransactionalDatabase } from "../../db/client.ts";
import { ignoreIssue } from "../../db/upserts/kernelci/notifications.ts";
import { findAddressees } from "../../functions/ingest/kernelci/notifications/addressees.ts";
import { monitored } from "../../functions/ingest/kernelci/notifications/health-check.ts";
import {
  type Asked,
  findReports,
  listParts,
  sendReports,
} from "../../functions/ingest/kernelci/notifications/perform.ts";
import { ACTIONS, type Report } from "../../functions/ingest/kernelci/notifications/report.ts";
import { NOTIFICATION_SETTINGS } from "../../functions/ingest/kernelci/notifications/settings.ts";
import { headerText } from "../../functions/ingest/mail/header-text.ts";
import { printMailbox } from "../../functions/ingest/mail/mailbox.ts";
import { NOTIFICATIONS_SETTING } from "../../functions/messages/notification-settings.ts";
import { readEnvironment } from "../../functions/node/environment.ts";
import { announceOutbox } from "../announce-outbox.ts";
import { confirmed } from "../confirm.ts";
import { withDatabase } from "../database.ts";
import type { Output } from "../output.ts";
import { defineVerb, UsageError } from "../verb.ts";
import { OPTIONS, readRequest, Values } from "./notify/request.ts";

const SETTINGS = z.object({ ...NOTIFICATION_SETTINGS, ...NOTIFICATIONS_SETTING });

/** Those that write to subscribers: an instance that is not the one they subscribed to must not. */
const TO_SUBSCRIBERS: readonly string[] = ["new_issues", "summary", "hardware_summary", "metrics_summary"];

/** Makes the reports of an action, and sends them when asked to (contract part 09, notifications). */
export const notify = defineVerb({
  name: "notify",
  summary: "make reports for subscribers, and send them",
  description: `The actions are ${ACTIONS.join(", ")}.
Without --send the mails are printed and nothing is written. With it each is shown, and sent when you say so.`,
  argument: ["<action>", "what to report"],
  options: OPTIONS,
  values: Values,
  async run(values, output) {
    const settings = readEnvironment(SETTINGS, process.env);
    const { argument: action, send, monitoringId } = values;
    if (send && TO_SUBSCRIBERS.includes(action) && settings.KERNELCI_NOTIFICATIONS === "off")
      throw new UsageError(`${action} writes to subscribers: set KERNELCI_NOTIFICATIONS=on where it may.`);
    const asked: Asked = { action, request: readRequest(values), settings };
    if (monitoringId !== undefined && !Object.hasOwn(settings.KERNELCI_HEALTHCHECK_IDS, monitoringId))
      output.warn(`KERNELCI_HEALTHCHECK_IDS has no ${monitoringId}: nothing is pinged.`);
    const reports = await monitored(settings, monitoringId, () =>
      withDatabase("kernelci notify", (db) => (send ? sendAll(db, asked, values, output) : showAll(db, asked, output))),
    );
    if (reports.length === 0) output.say("There is nothing to report.");
    output.result({ action, reports });
  },
});

/** A report as the result of the command has it. */
type Shown = { subject: string; to: string[]; cc: string[]; sent: boolean };

async function showAll(db: TransactionalDatabase, asked: Asked, output: Output): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const part of await listParts(db, asked))
    for (const report of await findReports(db, part, asked)) shown.push(show(report, asked, output));
  return shown;
}

function show(report: Report, { request, settings }: Asked, output: Output): Shown {
  const { to, cc } = findAddressees(report, request, settings);
  const shown = {
    subject: headerText(report.subject),
    to: to.map(printMailbox),
    cc: cc.map(printMailbox),
    sent: false,
  };
  output.say(`To: ${shown.to.join(", ")}\nCc: ${shown.cc.join(", ")}\nSubject: ${shown.subject}\n`);
  output.say(report.text("<not-sent@localhost>"));
  return shown;
}

/** Shows each report, asks, and puts the mails of a part into the outbox together. */
async function sendAll(db: TransactionalDatabase, asked: Asked, values: Values, output: Output): Promise<Shown[]> {
  const { yes } = values;
  const mayIgnore = values.argument === "issue_report" && values.all && !yes;
  const all: Shown[] = [];
  for (const part of await listParts(db, asked)) {
    const chosen = new Map<string, Shown>();
    for (const report of await findReports(db, part, asked)) {
      const shown = show(report, asked, output);
      all.push(shown);
      if (mayIgnore && (await confirmed("Leave this issue out from now on?", false))) await ignoreIssue(db, part);
      else if (await confirmed("Send it?", yes)) chosen.set(report.id, shown);
    }
    const isChosen = ({ id }: Report) => chosen.has(id);
    for (const { report, queued } of await sendReports(db, part, asked, { isChosen })) {
      const shown = chosen.get(report.id);
      if (shown !== undefined) shown.sent = queued === "queued";
      if (queued === "nobody")
        output.warn(`Nobody gets "${headerText(report.subject)}": say --to, or --add-mailing-lists.`);
    }
  }
  const count = all.filter(({ sent }) => sent).length;
  if (count === 0) return all;
  const isAnnounced = await announceOutbox("kernelci");
  output.say(`Mails on their way: ${count}${isAnnounced ? "" : " (within the hour, since no queue could be told)"}.`);
  return all;
}
