import * as z from "zod";
import { jsonSetting } from "../../../formats/json-setting.ts";
import { withoutTrailingSlashes } from "../../../formats/trailing-slashes.ts";
import { DISCORD_SETTING } from "../../../messages/notification-settings.ts";
import { isMailAddress } from "../../mail/address.ts";
import { parseMailbox } from "../../mail/mailbox.ts";
import { mailPort, mailTls, trimmed } from "../../mail/setting-types.ts";

const baseUrl = (standard: string) =>
  z
    .string()
    .default(standard)
    .transform((url) => withoutTrailingSlashes(url.trim()))
    .pipe(z.url({ protocol: /^https?$/ }));

const list = (standard: string) => z.string().default(standard).refine(isMailAddress, "must be an email address");

const mailbox = z.string().transform((text, context) => {
  const parsed = parseMailbox(text);
  if (parsed !== undefined) return parsed;
  context.addIssue("must be an email address, or a name and an address as Name <address>");
  return z.NEVER;
});

/** How /kernelci notifies (contract part 09); part of the consumer's settings. */
export const NOTIFICATION_SETTINGS = {
  KERNELCI_MAIL_SERVER: trimmed.describe(
    "SMTP server that takes KernelCI's mails; unset: none is sent, each is logged",
  ),
  KERNELCI_MAIL_PORT: mailPort.describe("port of that server"),
  KERNELCI_MAIL_TLS: mailTls.describe(
    "starttls: the connection must become encrypted; on: it is from its first byte (port 465)",
  ),
  KERNELCI_MAIL_USER: trimmed.describe("name to log in with; unset: no login"),
  KERNELCI_MAIL_PASSWORD: trimmed.describe("secret: password to log in with"),
  KERNELCI_MAIL_FROM: mailbox
    .prefault("KernelCI bot <bot@kernelci.org>")
    .describe("whom KernelCI's mails come from, an address or Name <address>"),
  KERNELCI_MAIL_RESULTS: list("kernelci-results@groups.io").describe("list that gets reports with mailing lists"),
  KERNELCI_MAIL_REPLY_TO: list("kernelci@lists.linux.dev").describe("where answers to such reports go"),
  KERNELCI_MAIL_REGRESSIONS: list("regressions@lists.linux.dev").describe(
    "list that gets regressions of mainline, next and stable too",
  ),
  KERNELCI_DASHBOARD_URL: baseUrl("https://d.kernelci.org").describe("dashboard that mails link to"),
  KERNELCI_HEALTHCHECK_URL: baseUrl("https://hc-ping.com").describe(
    "service that is pinged when a job begins and ends",
  ),
  KERNELCI_HEALTHCHECK_IDS: z
    .string()
    .default("{}")
    .pipe(jsonSetting(z.record(z.string(), z.string().regex(/^[\w/-]{1,200}$/))))
    .describe('secret: JSON {"<monitoring id>": "<path at that service>"}'),
  ...DISCORD_SETTING,
};

/** The settings that reports are made with. */
export type NotificationSettings = z.infer<z.ZodObject<typeof NOTIFICATION_SETTINGS>>;
