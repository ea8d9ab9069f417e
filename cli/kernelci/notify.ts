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
import {
  ACTIONS,
  NO_REQUEST,
  type Report,
  type Request,
} from "../../functions/ingest/kernelci/notifications/report.ts";
import { NOTIFICATION_SETTINGS } from "../../functions/ingest/kernelci/notifications/settings.ts";
import { isMessageId } from "../../functions/ingest/mail/header-text.ts";
import { parseMailbox, printMailbox } from "../../functions/ingest/mail/mailbox.ts";
import { NOTIFICATIONS_SETTING } from "../../functions/messages/notification-settings.ts";
import { readEnvironment } from "../../functions/node/environment.ts";
import { announceOutbox } from "../announce-outbox.ts";
import { confirmed } from "../confirm.ts";
import { withDatabase } from "../database.ts";
import type { Output } from "../output.ts";
import { flag, wordList } from "../values.ts";
import { defineVerb, UsageError } from "../verb.ts";
import { readSubscriptions } from "./subscriptions/read-folder.ts";

const SETTINGS = z.object({ ...NOTIFICATION_SETTINGS, ...NOTIFICATIONS_SETTING });

/** Those that write to subscribers: an instance that is not the one they subscribed to must not. */
const TO_SUBSCRIBERS: readonly string[] = ["new_issues", "summary", "hardware_summary", "metrics_summary"];

const mailboxes = (option: string) =>
  wordList(option)
    .refine(
      (texts) => texts.every((text) => parseMailbox(text) !== undefined),
      `${option} must be email addresses, or names and addresses as Name <address>, by commas`,
    )
    .default([]);

const MessageId = z
  .string()
  .transform((id) => (id.startsWith("<") ? id : `<${id}>`))
  .refine(isMessageId, "--in-reply-to must be a message id, as <id@host>");

const Values = z.object({
  argument: z.enum(ACTIONS, { error: ({ input }) => `The actions are ${ACTIONS.join(", ")}, not ${input}.` }),
  id: z.string().optional(),
  all: flag,
  to: mailboxes("--to"),
  cc: mailboxes("--cc"),
  inReplyTo: MessageId.optional(),
  ignoreRecipients: flag,
  addMailingLists: flag,
  updateStorage: flag,
  summaryOrigins: wordList("--summary-origins").optional(),
  hardwareOrigins: wordList("--hardware-origins").optional(),
  skipSentReports: flag,
  tree: z.string().optional(),
  summarySignupFolder: z.string().optional(),
  monitoringId: z.string().optional(),
  send: flag,
  yes: flag,
});
type Values = z.infer<typeof Values>;

/** Makes the reports of an action, and sends them when asked to (contract part 09). */
export const notify = defineVerb({
  name: "notify",
  summary: "make reports for subscribers, and send them",
  description: `The actions are ${ACTIONS.join(", ")}.
Without --send the mails are printed and nothing is written. With it each is shown, and sent when you say so.`,
  argument: ["<action>", "what to report"],
  options: [
    ["--id <id>", "the issue (issue_report) or test (test_report)"],
    ["--all", "every build issue that was not sent (issue_report)"],
    ["--to <addresses>", "recipients, by commas"],
    ["--cc <addresses>", "recipients of copies, by commas"],
    ["--in-reply-to <id>", "message id of the mail that this one answers"],
    ["--ignore-recipients", "leave out those who subscribed"],
    ["--add-mailing-lists", "send to the lists of KernelCI"],
    ["-u, --update-storage", "note what was sent, so that it is not sent again (issue_report, summary)"],
    ["--summary-origins <a,b>", "only reports of these origins (summary)"],
    ["--hardware-origins <a,b>", "only hardware of these origins (hardware_summary)"],
    ["--skip-sent-reports", "send what was sent in the last 12 hours once more (summary; the original's name for it)"],
    ["--tree <name>", "tree whose recipients get copies (fake_report)"],
    ["--summary-signup-folder <folder>", "read subscriptions from this folder, not from the database"],
    ["--monitoring-id <id>", "ping the health check of this name (KERNELCI_HEALTHCHECK_IDS) before and after"],
    ["--send", "send the mails"],
    ["--yes", "send without asking"],
  ],
  values: Values,
  async run(values, output) {
    const settings = readEnvironment(SETTINGS, process.env);
    const { argument: action, send } = values;
    if (send && TO_SUBSCRIBERS.includes(action) && settings.KERNELCI_NOTIFICATIONS === "off")
      throw new UsageError(`${action} writes to subscribers: set KERNELCI_NOTIFICATIONS=on where it may.`);
    const asked: Asked = { action, request: readRequest(values), settings };
    const { monitoringId } = values;
    if (monitoringId !== undefined && !Object.hasOwn(settings.KERNELCI_HEALTHCHECK_IDS, monitoringId))
      output.warn(`KERNELCI_HEALTHCHECK_IDS has no ${monitoringId}: nothing is pinged.`);
    const reports = await monitored(settings, monitoringId, () =>
      withDatabase("kernelci notify", (db) => (send ? sendAll(db, asked, values, output) : showAll(db, asked, output))),
    );
    if (reports.length === 0) output.say("There is nothing to report.");
    output.result({ action, reports });
  },
});

function readRequest({ argument: action, id, all, summaryOrigins, hardwareOrigins, ...values }: Values): Request {
  if (action === "issue_report" && (id === undefined) !== all) throw new UsageError("Say either --id or --all.");
  if (action === "test_report" && id === undefined) throw new UsageError("--id is missing");
  const { to, cc, inReplyTo, ignoreRecipients, addMailingLists, updateStorage, tree } = values;
  const origins = action === "hardware_summary" ? hardwareOrigins : summaryOrigins;
  const skipsSent = !values.skipSentReports;
  const folder = values.summarySignupFolder;
  const subscriptions = folder === undefined ? undefined : readSubscriptions(folder);
  const mail = { to, cc, inReplyTo, ignoreRecipients, addMailingLists };
  return { ...NO_REQUEST, ...mail, updateStorage, skipsSent, id, origins, tree, subscriptions };
}

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
  const shown = { subject: report.subject, to: to.map(printMailbox), cc: cc.map(printMailbox), sent: false };
  output.say(`To: ${shown.to.join(", ")}\nCc: ${shown.cc.join(", ")}\nSubject: ${report.subject}\n`);
  output.say(report.text("<not-sent@localhost>"));
  return shown;
}

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
      if (queued === "nobody") output.warn(`Nobody gets "${report.subject}": say --to, or --add-mailing-lists.`);
    }
  }
  const count = all.filter(({ sent }) => sent).length;
  if (count === 0) return all;
  const isAnnounced = await announceOutbox("kernelci");
  output.say(`${count} mails are on their way${isAnnounced ? "" : ": no queue is named here, so within the hour"}.`);
  return all;
}
