import { Aws, CfnCondition, CfnParameter, Fn } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** QA-Board on AWS: the consumers' settings, and the bucket of files that may stand beside that of raw bodies. */
export type QaboardParameters = { settings: Record<string, string>; filesBucket: FilesBucket };

/** A bucket of one's own for files; `whenNamed` chooses a value by whether there is one. */
export type FilesBucket = { name: string; url: string; whenNamed(named: string, otherwise: string): string };

/**
 * Declares what QA-Board's consumer needs. `secret` refers to a field of the consumers' secret, which is only resolved
 * where a parameter says that it is there.
 */
export function declareQaboard(scope: Construct, secret: (jsonField: string) => string): QaboardParameters {
  const text = (id: string, description: string, more: { default?: string; allowedPattern?: string } = {}) =>
    new CfnParameter(scope, id, { default: "", ...more, description }).valueAsString;
  const choice = (id: string, allowedValues: string[], description: string) =>
    new CfnParameter(scope, id, { default: allowedValues[0] ?? "", allowedValues, description }).valueAsString;
  const when = (id: string, value: string, is: string) =>
    new CfnCondition(scope, id, { expression: Fn.conditionEquals(value, is) });
  const chosen = ({ logicalId }: CfnCondition, yes: string, no = "") => Fn.conditionIf(logicalId, yes, no).toString();

  const bucket = text("QaboardFilesBucket", "Bucket of QA-Board's files, in this region. Empty: that of raw bodies.", {
    allowedPattern: "|[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
  });
  const hasNoBucket = when("QaboardHasNoBucket", bucket, "");
  const filesBucket: FilesBucket = {
    name: bucket,
    url: `https://${bucket}.s3.${Aws.REGION}.${Aws.URL_SUFFIX}`,
    whenNamed: (named, otherwise) => chosen(hasNoBucket, otherwise, named),
  };
  const url = { allowedPattern: "|https?://[^\\s]+" };
  const gitUrl = text("QaboardGitUrl", "Git host of QA-Board's commits. Empty: none.", url);
  const gitKind = choice("QaboardGitKind", ["gitlab", "github"], "Whose API the Git host speaks.");
  const gitCredentials = choice(
    "QaboardGitCredentials",
    ["none", "token"],
    "token: the secret holds QABOARD_GIT_TOKEN.",
  );
  const runner = choice(
    "QaboardRunner",
    ["none", "webhook", "gitlab", "jenkins"],
    "Runner of QA-Board's jobs, for which the secret holds QABOARD_RUNNER_WEBHOOK_SECRET, _GITLAB or _JENKINS.",
  );
  const runnerUrl = text("QaboardRunnerUrl", "Where a runner by webhook gets its jobs. Empty: none.", url);
  const storage = text("QaboardStorage", "Folder of all projects' files. Empty: what configurations say.", {
    allowedPattern: "|/.+",
  });
  const storageUser = text("QaboardStorageUser", "What {user} stands for in configured folders.", {
    default: "qaboard",
  });
  return {
    settings: {
      QABOARD_FILES_URL: filesBucket.whenNamed(filesBucket.url, ""),
      QABOARD_GIT_URL: gitUrl,
      QABOARD_GIT_KIND: gitKind,
      QABOARD_GIT_TOKEN: chosen(when("QaboardHoldsGitToken", gitCredentials, "token"), secret("QABOARD_GIT_TOKEN")),
      QABOARD_RUNNER_WEBHOOK_URL: runnerUrl,
      QABOARD_RUNNER_WEBHOOK_SECRET: chosen(
        when("QaboardRunsByWebhook", runner, "webhook"),
        secret("QABOARD_RUNNER_WEBHOOK_SECRET"),
      ),
      QABOARD_RUNNER_GITLAB: chosen(when("QaboardRunsByGitlab", runner, "gitlab"), secret("QABOARD_RUNNER_GITLAB")),
      QABOARD_RUNNER_JENKINS: chosen(when("QaboardRunsByJenkins", runner, "jenkins"), secret("QABOARD_RUNNER_JENKINS")),
      QABOARD_STORAGE: storage,
      QABOARD_STORAGE_USER: storageUser,
    },
    filesBucket,
  };
}
