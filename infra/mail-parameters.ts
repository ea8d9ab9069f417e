import { CfnCondition, CfnParameter, Fn } from "aws-cdk-lib";
import type { Construct } from "constructs";

/**
 * Declares how /eosc-perf's mails are sent, and returns the consumers' settings. `password` is a reference to a secret,
 * which is only resolved where a user is named: the secret needs no password otherwise.
 */
export function declareMailParameters(scope: Construct, password: string): Record<string, string> {
  const text = (id: string, description: string, more: { default?: string; allowedValues?: string[] } = {}) =>
    new CfnParameter(scope, id, { default: "", ...more, description });
  const server = text("MailServer", "SMTP server for the mails of EOSC-Perf. Empty: none is sent, each is logged.");
  const port = text("MailPort", "Its port; AWS lets functions reach 587 and 465, and not 25.", { default: "587" });
  const tls = text("MailTls", "Whether the connection is encrypted: starttls (587), on (465) or off.", {
    default: "starttls",
    allowedValues: ["starttls", "on", "off"],
  });
  const from = text("MailFrom", "Address the mails come from.");
  const support = text("MailSupport", "Address of the support team, which gets copies. Empty: none.");
  const user = text("MailUser", "Name to log in with; its password stands in the consumers' secret. Empty: no login.");
  const logsIn = new CfnCondition(scope, "MailLogsIn", {
    expression: Fn.conditionNot(Fn.conditionEquals(user.valueAsString, "")),
  });
  return {
    EOSC_PERF_MAIL_SERVER: server.valueAsString,
    EOSC_PERF_MAIL_PORT: port.valueAsString,
    EOSC_PERF_MAIL_TLS: tls.valueAsString,
    EOSC_PERF_MAIL_FROM: from.valueAsString,
    EOSC_PERF_MAIL_SUPPORT: support.valueAsString,
    EOSC_PERF_MAIL_USER: user.valueAsString,
    EOSC_PERF_MAIL_PASSWORD: Fn.conditionIf(logsIn.logicalId, password, "").toString(),
  };
}
