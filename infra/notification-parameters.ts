import { CfnCondition, CfnParameter, Fn } from "aws-cdk-lib";
import type { Construct } from "constructs";

type Text = { default?: string; allowedValues?: string[]; allowedPattern?: string; noEcho?: boolean };

/**
 * Declares how /kernelci notifies, and returns the consumer's settings. `secret` refers to a field of the consumers' secret;
 * a field is only resolved where another parameter says that it is there.
 */
export function declareNotificationParameters(
  scope: Construct,
  secret: (jsonField: string) => string,
): Record<string, string> {
  const text = (id: string, description: string, more: Text = {}) =>
    new CfnParameter(scope, id, { default: "", ...more, description }).valueAsString;
  const whenSet = (id: string, value: string, unset: string, field: string) => {
    const expression = Fn.conditionNot(Fn.conditionEquals(value, unset));
    return Fn.conditionIf(new CfnCondition(scope, id, { expression }).logicalId, secret(field), "").toString();
  };
  const user = text(
    "KernelciMailUser",
    "Name to log in with; KERNELCI_MAIL_PASSWORD then stands in the consumers' secret.",
  );
  const discord = text("KernelciDiscord", "Whether the secret holds KERNELCI_DISCORD_WEBHOOK_URL.", {
    default: "off",
    allowedValues: ["off", "on"],
  });
  return {
    KERNELCI_MAIL_SERVER: text("KernelciMailServer", "SMTP server for KernelCI's reports. Empty: none is sent."),
    KERNELCI_MAIL_PORT: text("KernelciMailPort", "Its port; AWS lets functions reach 587 and 465.", { default: "587" }),
    KERNELCI_MAIL_TLS: text(
      "KernelciMailTls",
      "Whether the connection is encrypted: starttls (587), on (465) or off.",
      {
        default: "starttls",
        allowedValues: ["starttls", "on", "off"],
      },
    ),
    KERNELCI_MAIL_USER: user,
    KERNELCI_MAIL_PASSWORD: whenSet("KernelciMailLogsIn", user, "", "KERNELCI_MAIL_PASSWORD"),
    KERNELCI_MAIL_FROM: text("KernelciMailFrom", "Whom reports come from.", {
      default: "KernelCI bot <bot@kernelci.org>",
    }),
    KERNELCI_MAIL_RESULTS: text("KernelciMailResults", "List that gets reports.", {
      default: "kernelci-results@groups.io",
    }),
    KERNELCI_MAIL_REPLY_TO: text("KernelciMailReplyTo", "Where answers to them go.", {
      default: "kernelci@lists.linux.dev",
    }),
    KERNELCI_MAIL_REGRESSIONS: text(
      "KernelciMailRegressions",
      "List that gets regressions of mainline, next and stable.",
      {
        default: "regressions@lists.linux.dev",
      },
    ),
    KERNELCI_DASHBOARD_URL: text("KernelciDashboardUrl", "Dashboard that reports link to.", {
      default: "https://d.kernelci.org",
      allowedPattern: "https?://[^\\s]+",
    }),
    KERNELCI_HEALTHCHECK_URL: text("KernelciHealthcheckUrl", "Service that is pinged when a job begins and ends.", {
      default: "https://hc-ping.com",
      allowedPattern: "https?://[^\\s]+",
    }),
    KERNELCI_HEALTHCHECK_IDS: text("KernelciHealthcheckIds", 'JSON {"<monitoring id>": "<path at that service>"}.', {
      default: "{}",
      noEcho: true,
    }),
    KERNELCI_DISCORD_WEBHOOK_URL: whenSet("KernelciTellsDiscord", discord, "off", "KERNELCI_DISCORD_WEBHOOK_URL"),
  };
}
