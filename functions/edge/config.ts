import * as z from "zod";
import { FILES_SETTINGS, STORAGE_SETTINGS } from "../files/settings.ts";
import { bucketUrl } from "../formats/bucket-url.ts";
import { GIT_HOST_SETTINGS } from "../git-host/settings.ts";
import { EOSC_PERF_SETTINGS } from "./eosc-perf/settings.ts";
import { GITHUB_SETTINGS } from "./github/settings.ts";
import { KERNELCI_SETTINGS } from "./kernelci/settings.ts";
import { INTEGRATION_SETTINGS } from "./qaboard/integrations/settings.ts";
import { QABOARD_SETTINGS } from "./qaboard/settings.ts";
import { sha256List } from "./setting-types.ts";

/** Every binding and variable of the Worker (wrangler.toml documents where each is set). */
export const Config = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe("secret: Neon connection string, read by HTTP"),
  NEON_LOCAL_PROXY: z.string().optional().describe("host:port of a local Neon protocol proxy; unset in production"),
  QUEUE_URL: z.url().describe("SQS queue that takes deliveries"),
  OBJECTS_URL: bucketUrl().describe("S3 bucket of raw bodies"),
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().min(1).describe("secret: key that may send to the queue and write to the bucket"),
  AWS_SECRET_ACCESS_KEY: z.string().min(1).describe("secret"),
  RECEIPT_KEY: z.string().min(16).describe("secret: signs receipt ids"),
  ADMIN_TOKEN_SHA256: sha256List.describe("secret: SHA-256 in hex of each admin token; empty: nobody is admin"),
  METRICS_TOKEN_SHA256: sha256List.describe("secret: SHA-256 of each token that may read /metrics; admins always may"),
  RELEASE: z.string().default("dev").describe("version or commit shown by /health"),
  PAGE_MAX_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(16_777_216)
    .describe("bytes that the items of a page have at most; a page of larger ones has fewer"),
  RESPONSE_MAX_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(33_554_432)
    .describe("bytes that an answer without pages has at most; a larger one is refused"),
  EDGE_LIMIT_RECEIPTS: z
    .enum(["on", "off"])
    .default("off")
    .describe("whether limits of requests a minute hold for signed webhooks and submissions too"),
  ...GITHUB_SETTINGS,
  ...KERNELCI_SETTINGS,
  ...EOSC_PERF_SETTINGS,
  ...QABOARD_SETTINGS,
  ...FILES_SETTINGS,
  ...STORAGE_SETTINGS,
  ...GIT_HOST_SETTINGS,
  ...INTEGRATION_SETTINGS,
});

export type Config = z.infer<typeof Config>;

/** Result of reading the bindings: the configuration, or every problem in one text that names settings, never values. */
export type ConfigResult = { ok: true; config: Config } | { ok: false; problem: string };

/** Reads the Worker's bindings. */
export function readConfig(bindings: unknown): ConfigResult {
  const parsed = Config.safeParse(bindings);
  if (parsed.success) return { ok: true, config: parsed.data };
  return { ok: false, problem: parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; ") };
}
