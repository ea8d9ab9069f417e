import { CfnCondition, CfnParameter, Fn, SecretValue } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { LIMITS } from "./limits.ts";
import { declareMailParameters } from "./mail-parameters.ts";
import { declareNotificationParameters } from "./notification-parameters.ts";
import { declareQaboard, type FilesBucket } from "./qaboard-parameters.ts";

/** What an operator may set at deploy time, as values the template resolves. */
export type Parameters = {
  rawRetentionDays: number;
  databaseUrl: string;
  /** Settings of the consumer that an operator chooses, as its environment. */
  consumerSettings: Record<string, string>;
  alarmEmail: CfnParameter;
  /** The consumers' settings of mails. */
  mail: Record<string, string>;
  /** A bucket of QA-Board's files beside that of raw bodies. */
  filesBucket: FilesBucket;
};

/**
 * Declares the stack's parameters. Secrets are references that CloudFormation resolves while it deploys: the
 * template and its history never hold a value, and no function asks for a secret at run time.
 */
export function declareParameters(scope: Construct): Parameters {
  const rawRetentionDays = new CfnParameter(scope, "RawRetentionDays", {
    type: "Number",
    default: LIMITS.rawRetentionDays,
    minValue: LIMITS.leastRawRetentionDays,
    description: `Days a raw body is kept; what is older can no longer be replayed. At least ${LIMITS.leastRawRetentionDays}: both queues may hold a message for 4 and 14 days.`,
  });
  const settings = new CfnParameter(scope, "ConsumerSettings", {
    default: "runledger/consumer",
    allowedPattern: "[A-Za-z0-9/_+=.@-]{1,512}",
    description: "Secrets Manager secret that holds DATABASE_URL, and what GithubCredentials asks for, as JSON.",
  });
  const settingsVersion = new CfnParameter(scope, "ConsumerSettingsVersion", {
    default: "",
    allowedPattern: "|[A-Za-z0-9-]{32,64}",
    description: "Version id of that secret; a changed secret is only read when this changes. Empty: the current one.",
  });
  const githubRepositories = new CfnParameter(scope, "GithubRepositories", {
    default: "",
    description: "owner/name or id of each repository to store, separated by commas. Empty: every one.",
  });
  const excerptUrl = new CfnParameter(scope, "KernelciLogExcerptUrl", {
    default: "",
    allowedPattern: "|https?://[^\\s]+",
    description:
      "Base of addresses of KernelCI's log excerpts, as https://ci.example.org/kernelci. Empty: they stay in their rows.",
  });
  const excerptThreshold = new CfnParameter(scope, "KernelciLogExcerptThreshold", {
    type: "Number",
    default: 256,
    minValue: 0,
    description: "Characters above which a log excerpt goes to the object store.",
  });
  const limit = (name: string, standard: number, description: string) =>
    new CfnParameter(scope, name, { type: "Number", default: standard, minValue: 1, description }).valueAsString;
  const maxValues = (name: string, standard: number, what: string) =>
    limit(name, standard, `JSON values that ${what} may hold.`);
  const alarmEmail = new CfnParameter(scope, "AlarmEmail", {
    default: "",
    allowedPattern: "|[^@\\s]+@[^@\\s]+",
    description: "Address that is told of alarms; it must confirm once. Empty: none.",
  });
  const secret = (jsonField: string) =>
    SecretValue.secretsManager(settings.valueAsString, {
      jsonField,
      versionId: settingsVersion.valueAsString,
    }).unsafeUnwrap();
  const qaboard = declareQaboard(scope, secret);
  return {
    rawRetentionDays: rawRetentionDays.valueAsNumber,
    databaseUrl: secret("DATABASE_URL"),
    consumerSettings: {
      GITHUB_REPOSITORIES: githubRepositories.valueAsString,
      ...declareGithub(scope, secret),
      KERNELCI_LOG_EXCERPT_URL: excerptUrl.valueAsString,
      KERNELCI_LOG_EXCERPT_THRESHOLD: excerptThreshold.valueAsString,
      KERNELCI_MAX_VALUES: maxValues("KernelciMaxValues", 10_000_000, "one submission"),
      KERNELCI_MAX_OBJECT_VALUES: maxValues("KernelciMaxObjectValues", 100_000, "one KernelCI object"),
      KERNELCI_MAX_OBJECT_BYTES: limit("KernelciMaxObjectBytes", 1_048_576, "Bytes that one KernelCI object may take."),
      KERNELCI_MAX_LOG_EXCERPTS: limit(
        "KernelciMaxLogExcerpts",
        20_000,
        "Log excerpts of one submission that go to the object store; the others stay in their rows.",
      ),
      ...declareNotificationParameters(scope, secret),
      ...qaboard.settings,
      // A limit of the whole process would count before that of the thread.
      READ_MEMORY_MB: String(LIMITS.heapMb),
    },
    alarmEmail,
    mail: declareMailParameters(scope, secret("EOSC_PERF_MAIL_PASSWORD")),
    filesBucket: qaboard.filesBucket,
  };
}

/** How GitHub's REST API is asked; a field of the secret is only looked for when it is said to be there. */
function declareGithub(scope: Construct, secret: (jsonField: string) => string): Record<string, string> {
  const credentials = new CfnParameter(scope, "GithubCredentials", {
    default: "none",
    allowedValues: ["none", "token", "app"],
    description: "What the secret holds for GitHub: nothing, GITHUB_TOKEN, or GITHUB_APP_PRIVATE_KEY.",
  });
  const appId = new CfnParameter(scope, "GithubAppId", {
    default: "",
    allowedPattern: "|[0-9]+|Iv[A-Za-z0-9.]+",
    description: "Id of the GitHub App whose key the secret holds. Empty: none.",
  });
  const hooks = new CfnParameter(scope, "GithubHooks", {
    default: "",
    description: "owner/name:id of each webhook whose failed deliveries are asked for again, separated by commas.",
  });
  const apiUrl = new CfnParameter(scope, "GithubApiUrl", {
    default: "https://api.github.com",
    allowedPattern: "https://.+",
    description: "Base of GitHub's REST API.",
  });
  const whenHeld = (kind: "token" | "app", jsonField: string) => {
    const expression = Fn.conditionEquals(credentials.valueAsString, kind);
    const condition = new CfnCondition(scope, kind === "token" ? "HoldsGithubToken" : "HoldsGithubAppKey", {
      expression,
    });
    return Fn.conditionIf(condition.logicalId, secret(jsonField), "").toString();
  };
  return {
    GITHUB_TOKEN: whenHeld("token", "GITHUB_TOKEN"),
    GITHUB_APP_ID: appId.valueAsString,
    GITHUB_APP_PRIVATE_KEY: whenHeld("app", "GITHUB_APP_PRIVATE_KEY"),
    GITHUB_HOOKS: hooks.valueAsString,
    GITHUB_API_URL: apiUrl.valueAsString,
  };
}
