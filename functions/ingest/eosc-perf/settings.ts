import { SCHEMA_LIMITS } from "../../json-schema/limits.ts";
import { mailAddress, mailPort, mailTls, trimmed } from "../mail/setting-types.ts";

/** What checking results may cost, and how mails are sent (contract sections 8, 12 and 15); part of the consumer's settings. */
export const EOSC_PERF_SETTINGS = {
  ...SCHEMA_LIMITS,
  EOSC_PERF_MAIL_SERVER: trimmed.describe("SMTP server that takes the mails; unset: none is sent, each is logged"),
  EOSC_PERF_MAIL_PORT: mailPort.describe("port of the mail server"),
  EOSC_PERF_MAIL_TLS: mailTls.describe(
    "starttls: the connection must become encrypted; on: it is from its first byte (port 465)",
  ),
  EOSC_PERF_MAIL_USER: trimmed.describe("name to log in with; unset: no login"),
  EOSC_PERF_MAIL_PASSWORD: trimmed.describe("secret: password to log in with"),
  EOSC_PERF_MAIL_FROM: mailAddress.describe("address mails come from; must be set with the server"),
  EOSC_PERF_MAIL_SUPPORT: mailAddress.describe(
    "address of the support team, which gets a copy of mails about resources",
  ),
};
