import type { Database } from "../../../../db/client.ts";
import type { Subscriptions } from "../../../../db/schema/index.ts";
import type { NotificationSettings } from "./settings.ts";

/** The actions of contract part 09. */
export const ACTIONS = [
  "new_issues",
  "issue_report",
  "summary",
  "hardware_summary",
  "metrics_summary",
  "test_report",
  "fake_report",
] as const;
export type ActionName = (typeof ACTIONS)[number];

/** What an action is asked for, by a command line or by the schedule. */
export type Request = {
  /** The issue or test; undefined: all. */
  id?: string | undefined;
  to: readonly string[];
  cc: readonly string[];
  inReplyTo?: string | undefined;
  ignoreRecipients: boolean;
  addMailingLists: boolean;
  /** Notes what was sent, so that it is not sent again. */
  updateStorage: boolean;
  /** Only what these origins subscribed to; undefined: all. */
  origins?: readonly string[] | undefined;
  /** Leaves out what was sent in the last 12 hours. */
  skipsSent: boolean;
  /** Whose recipients a test mail goes to. */
  tree?: string | undefined;
  /** How far new issues are looked for. */
  hours: number;
  /** Subscriptions of a folder, in place of the stored ones. */
  subscriptions?: Subscriptions | undefined;
};

/** What nobody asked for. */
export const NO_REQUEST: Request = {
  to: [],
  cc: [],
  ignoreRecipients: false,
  addMailingLists: false,
  updateStorage: false,
  skipsSent: true,
  hours: 1,
};

/** A mail that is to be sent, before it is known to whom. */
export type Report = {
  /** The same for what is the same report, within its action. */
  id: string;
  action: ActionName;
  subject: string;
  /** The text, which may name the mail's own Message-ID. */
  text: (messageId: string) => string;
  /** Mailboxes of those who subscribed. */
  recipients: readonly string[];
  /** The tree whose regression this is: those of some go to a list of their own. */
  regressionOf?: string | undefined;
  /** Goes to the mailing lists, whatever was asked. */
  forLists?: boolean | undefined;
  /** Notes that it was sent, in the transaction that puts it into the outbox. */
  store?: (tx: Database, messageId: string) => Promise<void>;
};

/** Thrown when what a report was asked about is not stored. */
export class NotFound extends Error {
  override name = "NotFound";
}

/** How an action finds its reports; both read only. */
export type Action = {
  /** The parts that are done one after the other, each in a transaction of its own. */
  listParts(db: Database, request: Request): Promise<readonly string[]>;
  /** The reports of one part. */
  find(db: Database, part: string, request: Request, settings: NotificationSettings): Promise<readonly Report[]>;
};
