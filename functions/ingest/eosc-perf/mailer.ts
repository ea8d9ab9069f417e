import type { Config } from "../config.ts";
import { type Mailer, smtpMailer } from "../mail/smtp.ts";

/** What sends /eosc-perf's mails; undefined when no mail server is set. */
export function eoscPerfMailer(config: Config): Mailer | undefined {
  const { EOSC_PERF_MAIL_SERVER: host, EOSC_PERF_MAIL_PORT: port, EOSC_PERF_MAIL_TLS: tls } = config;
  const { EOSC_PERF_MAIL_USER: user, EOSC_PERF_MAIL_PASSWORD: pass } = config;
  if (host === undefined) return undefined;
  const login = user === undefined || pass === undefined ? undefined : { user, pass };
  return smtpMailer({ host, port, tls, login });
}
