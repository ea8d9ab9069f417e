import * as z from "zod";
import { ACTIONS, NO_REQUEST, type Request } from "../../../functions/ingest/kernelci/notifications/report.ts";
import { isMessageId } from "../../../functions/ingest/mail/header-text.ts";
import { parseMailbox } from "../../../functions/ingest/mail/mailbox.ts";
import { flag, wordList } from "../../values.ts";
import { UsageError } from "../../verb.ts";
import { readSubscriptions } from "../subscriptions/read-folder.ts";

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

/** What the command takes (contract part 09, notifications). */
export const Values = z.object({
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
export type Values = z.infer<typeof Values>;

/** The options of the command, as its help has them. */
export const OPTIONS: readonly (readonly [flags: string, description: string])[] = [
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
];

/** What the command's values ask of an action. Throws UsageError when they do not go together. */
export function readRequest({
  argument: action,
  id,
  all,
  summaryOrigins,
  hardwareOrigins,
  ...values
}: Values): Request {
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
