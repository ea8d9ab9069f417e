import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";
import { kernelci } from "./kernelci.ts";

/* Who is notified of what, and what was sent (contracts/kernelci, part 09). */

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const texts = (name: string) => text(name).array().notNull();

/** Trees of the subscription files; one without reports only serves recipients. */
export const subscribedTrees = kernelci.table(
  "subscribed_trees",
  {
    file: text("file").notNull(),
    name: text("name").notNull(),
    url: text("url").notNull(),
    defaultRecipients: texts("default_recipients"),
  },
  (t) => [primaryKey({ columns: [t.file, t.name] })],
);

/** The reports that trees ask for, in the order of their file. */
export const subscribedReports = kernelci.table(
  "subscribed_reports",
  {
    file: text("file").notNull(),
    tree: text("tree").notNull(),
    position: smallint("position").notNull(),
    label: text("label").notNull(),
    branch: text("branch").notNull(),
    origin: text("origin").notNull(),
    /** Sent although nothing changed. */
    always: boolean("always").notNull(),
    /** LIKE patterns of test paths; none: all tests. */
    paths: texts("paths"),
    recipients: texts("recipients"),
    ignoresDefaultRecipients: boolean("ignores_default_recipients").notNull(),
  },
  (t) => [primaryKey({ columns: [t.file, t.tree, t.position] })],
);

/** Platforms of the subscription files, with the addresses of their labs by name. */
export const subscribedHardware = kernelci.table(
  "subscribed_hardware",
  {
    platform: text("platform").notNull(),
    origin: text("origin").notNull(),
    file: text("file").notNull(),
    labs: jsonb("labs").$type<Record<string, string>>().notNull(),
    defaultRecipients: texts("default_recipients"),
  },
  (t) => [primaryKey({ columns: [t.platform, t.origin] })],
);

/** All that is subscribed to. */
export type Subscriptions = {
  trees: readonly (typeof subscribedTrees.$inferInsert)[];
  reports: readonly (typeof subscribedReports.$inferInsert)[];
  hardware: readonly (typeof subscribedHardware.$inferInsert)[];
};

/** Summaries of checkouts that were sent. */
export const notificationsCheckout = kernelci.table(
  "notifications_checkout",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    notificationMessageId: text("notification_message_id").notNull(),
    notificationSent: instant("notification_sent").notNull(),
    checkoutId: text("checkout_id").notNull(),
    gitRepositoryBranch: text("git_repository_branch").notNull(),
    gitRepositoryUrl: text("git_repository_url").notNull(),
    origin: text("origin").notNull().default("maestro"),
    /** The report's patterns as a JSON list; null: all tests. */
    path: text("path"),
    /** The subscribed report: its file, tree and position. */
    report: text("report").notNull(),
  },
  (t) => [index("notifications_checkout_report").on(t.report, t.notificationSent)],
);

/** Issues that were found new; sent ones have a time. An issue without type is ignored. */
export const notificationsIssue = kernelci.table(
  "notifications_issue",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    notificationMessageId: text("notification_message_id"),
    notificationSent: instant("notification_sent"),
    issueId: text("issue_id").notNull(),
    issueVersion: integer("issue_version").notNull(),
    issueType: text("issue_type").$type<"build" | "boot" | "test">(),
  },
  (t) => [unique("notifications_issue_version").on(t.issueId, t.issueVersion)],
);

/** When each scheduled job was done last: the time of its slot. */
export const notificationSlots = kernelci.table("notification_slots", {
  job: text("job").primaryKey(),
  slot: instant("slot").notNull(),
});

/** Texts that went to the chat lately, by their digest: none goes there twice in a while. */
export const chatMessages = kernelci.table(
  "chat_messages",
  { digest: text("digest").primaryKey(), sentAt: instant("sent_at").notNull() },
  (t) => [index("chat_messages_sent_at").on(t.sentAt)],
);
