import * as z from "zod";
import { SCHEMA_LIMITS } from "../../json-schema/limits.ts";
import { isMailAddress } from "../mail/address.ts";

const trimmed = z
  .string()
  .transform((text) => (text.trim() === "" ? undefined : text.trim()))
  .optional();

const address = z
  .string()
  .default("")
  .transform((text) => text.trim())
  .refine((text) => text === "" || isMailAddress(text), "must be an email address");

/** What checking results may cost, and how mails are sent (contract sections 8, 12 and 15); part of the consumer's settings. */
export const EOSC_PERF_SETTINGS = {
  ...SCHEMA_LIMITS,
  EOSC_PERF_MAIL_SERVER: trimmed.describe("SMTP server that takes the mails; unset: none is sent, each is logged"),
  EOSC_PERF_MAIL_PORT: z.coerce.number().int().min(1).max(65_535).default(25).describe("port of the mail server"),
  EOSC_PERF_MAIL_TLS: z
    .enum(["off", "starttls", "on"])
    .default("off")
    .describe("starttls: the connection must become encrypted; on: it is from its first byte (port 465)"),
  EOSC_PERF_MAIL_USER: trimmed.describe("name to log in with; unset: no login"),
  EOSC_PERF_MAIL_PASSWORD: trimmed.describe("secret: password to log in with"),
  EOSC_PERF_MAIL_FROM: address.describe("address mails come from; must be set with the server"),
  EOSC_PERF_MAIL_SUPPORT: address.describe("address of the support team, which gets a copy of mails about resources"),
};

type MailSettings = z.infer<z.ZodObject<typeof EOSC_PERF_SETTINGS>>;

/** Checks that the settings of mails go together; for readers of the consumer's settings. */
export function mailSettingsFit({ value, issues }: z.core.ParsePayload<MailSettings>): void {
  const { EOSC_PERF_MAIL_SERVER: server, EOSC_PERF_MAIL_FROM: from, EOSC_PERF_MAIL_TLS: tls } = value;
  const { EOSC_PERF_MAIL_USER: user, EOSC_PERF_MAIL_PASSWORD: password } = value;
  const wrong = (name: keyof MailSettings, message: string) =>
    issues.push({ code: "custom", path: [name], message, input: value });
  if (server !== undefined && from === "") wrong("EOSC_PERF_MAIL_FROM", "must be set with EOSC_PERF_MAIL_SERVER");
  if ((user === undefined) !== (password === undefined))
    wrong("EOSC_PERF_MAIL_PASSWORD", "is set together with EOSC_PERF_MAIL_USER");
  if (user !== undefined && tls === "off") wrong("EOSC_PERF_MAIL_TLS", "must not be off with a password");
}
