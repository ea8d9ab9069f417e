import { CfnParameter, SecretValue } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { LIMITS } from "./limits.ts";

/** What an operator may set at deploy time, as values the template resolves. */
export type Parameters = {
  rawRetentionDays: number;
  databaseUrl: string;
  githubRepositories: string;
  alarmEmail: CfnParameter;
};

/**
 * Declares the stack's parameters. The database URL is a reference that CloudFormation resolves while it deploys: the
 * template and its history never hold the value, and no function asks for a secret at run time.
 */
export function declareParameters(scope: Construct): Parameters {
  const rawRetentionDays = new CfnParameter(scope, "RawRetentionDays", {
    type: "Number",
    default: LIMITS.rawRetentionDays,
    minValue: LIMITS.leastRawRetentionDays,
    description: "Days a raw body is kept; what is older can no longer be replayed.",
  });
  const settings = new CfnParameter(scope, "ConsumerSettings", {
    default: "runledger/consumer",
    allowedPattern: "[A-Za-z0-9/_+=.@-]{1,512}",
    description: 'Secrets Manager secret that holds {"DATABASE_URL": "postgresql://..."}.',
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
  const alarmEmail = new CfnParameter(scope, "AlarmEmail", {
    default: "",
    allowedPattern: "|[^@\\s]+@[^@\\s]+",
    description: "Address that is told of alarms; it must confirm once. Empty: none.",
  });
  const databaseUrl = SecretValue.secretsManager(settings.valueAsString, {
    jsonField: "DATABASE_URL",
    versionId: settingsVersion.valueAsString,
  });
  return {
    rawRetentionDays: rawRetentionDays.valueAsNumber,
    databaseUrl: databaseUrl.unsafeUnwrap(),
    githubRepositories: githubRepositories.valueAsString,
    alarmEmail,
  };
}
