import * as z from "zod";
import { FILES_SETTINGS, FOLDERS_SETTING, STORAGE_SETTINGS } from "../files/settings.ts";
import { bucketUrl } from "../formats/bucket-url.ts";
import { GIT_HOST_SETTINGS } from "../git-host/settings.ts";
import { EOSC_PERF_SETTINGS } from "./eosc-perf/settings.ts";
import { GITHUB_SETTINGS } from "./github/settings.ts";
import { NOTIFICATION_SETTINGS } from "./kernelci/notifications/settings.ts";
import { KERNELCI_SETTINGS } from "./kernelci/settings.ts";
import { mailSettingsFit } from "./mail/settings-fit.ts";
import { RUNNER_SETTINGS } from "./qaboard/settings.ts";

/** What the consumer needs from its environment; everything wrong is reported at once. */
export const Config = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe("Neon or any PostgreSQL behind Neon's protocol"),
  NEON_LOCAL_PROXY: z.string().optional().describe("host:port of a local Neon protocol proxy; unset in production"),
  QUEUE_URL: z.url().describe("SQS queue the messages come from; delayed work goes back to it"),
  OBJECTS_URL: bucketUrl().describe("bucket of raw bodies"),
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SESSION_TOKEN: z.string().optional(),
  RETRY_BASE_SECONDS: z.coerce
    .number()
    .positive()
    .default(5)
    .describe("first wait before a message is tried again; every other wait is scaled with it"),
  QUEUE_MAX_RECEIVES: z.coerce
    .number()
    .int()
    .positive()
    .default(8)
    .describe("receives after which the queue gives a message to the dead-letter queue (its redrive policy)"),
  DATABASE_POOL_SIZE: z.coerce.number().int().positive().default(2),
  GITHUB_REPOSITORIES: z
    .string()
    .default("")
    .transform(
      (list) =>
        new Set(
          list
            .toLowerCase()
            .split(/[\s,]+/)
            .filter(Boolean),
        ),
    )
    .describe("owner/name or id of each repository to store; empty stores every repository"),
  ...GITHUB_SETTINGS,
  ...KERNELCI_SETTINGS,
  ...NOTIFICATION_SETTINGS,
  ...EOSC_PERF_SETTINGS,
  ...FILES_SETTINGS,
  ...STORAGE_SETTINGS,
  ...FOLDERS_SETTING,
  ...GIT_HOST_SETTINGS,
  ...RUNNER_SETTINGS,
});

export type Config = z.infer<typeof Config>;

/**
 * Reads the environment, where an empty variable counts as missing; throws one error that names every setting that is
 * missing or wrong, never its value.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = Config.check(mailSettingsFit).safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
}
