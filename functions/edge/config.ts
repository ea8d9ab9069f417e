import * as z from "zod";

const sha256List = z
  .string()
  .default("")
  .transform((list) =>
    list
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  )
  .pipe(z.array(z.string().regex(/^[0-9a-f]{64}$/, "must be SHA-256 sums in hex")));

/** A JSON list of texts, or texts separated by commas or spaces. */
const textList = z
  .string()
  .default("")
  .transform((list) => list.split(/[\s,[\]"]+/).filter(Boolean));

const truth = z
  .string()
  .toLowerCase()
  .pipe(z.enum(["true", "1", "yes", "false", "0", "no"]))
  .transform((word) => ["true", "1", "yes"].includes(word));
const wordList = z.string().transform((list) => list.split(/[\s,]+/).filter(Boolean));

const urlList = (standard: string) =>
  z
    .string()
    .default(standard)
    .transform((list) =>
      list
        .split(/[\s,]+/)
        .filter(Boolean)
        .map((url) => url.replace(/(?<!\/)\/+$/, "")),
    );

/** Every binding and variable of the Worker (wrangler.toml documents where each is set). */
export const Config = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe("secret: Neon connection string, read by HTTP"),
  NEON_LOCAL_PROXY: z.string().optional().describe("host:port of a local Neon protocol proxy; unset in production"),
  QUEUE_URL: z.url().describe("SQS queue that takes deliveries"),
  OBJECTS_URL: z.url().describe("S3 bucket of raw bodies"),
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().min(1).describe("secret: key that may send to the queue and write to the bucket"),
  AWS_SECRET_ACCESS_KEY: z.string().min(1).describe("secret"),
  RECEIPT_KEY: z.string().min(16).describe("secret: signs receipt ids"),
  ADMIN_TOKEN_SHA256: sha256List.describe("secret: SHA-256 in hex of each admin token; empty: nobody is admin"),
  METRICS_TOKEN_SHA256: sha256List.describe("secret: SHA-256 of each token that may read /metrics; admins always may"),
  GITHUB_WEBHOOK_SECRET: z.string().min(1).optional().describe("secret of the GitHub webhooks"),
  GITHUB_WEBHOOK_SECRET_PREVIOUS: z.string().min(1).optional().describe("secret still accepted during a rotation"),
  GITHUB_UNSIGNED: z
    .enum(["refuse", "accept"])
    .default("refuse")
    .describe("what happens to webhooks while no secret is set"),
  GITHUB_READ_TOKEN_SHA256: sha256List.describe(
    "secret: SHA-256 of each token that may read /github; empty: everyone may",
  ),
  GITHUB_API_URLS: urlList("https://api.github.com").describe(
    "API bases inside stored objects that answers replace by our own",
  ),
  EOSC_PERF_TRUSTED_OP_LIST: wordList
    .refine((issuers) => issuers.every((issuer) => /^https:\/\/[^/]/.test(issuer)), "must be https:// URLs")
    .optional()
    .describe("OpenID Connect issuers whose tokens /eosc-perf takes; unset: EGI's, or the local one alone"),
  EOSC_PERF_LOCAL_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("development only: one more issuer, which may do without https"),
  EOSC_PERF_ADMIN_ENTITLEMENTS: wordList
    .default([])
    .describe(
      "entitlements that make a registered user of /eosc-perf an admin; empty: nobody, *: every registered user",
    ),
  EOSC_PERF_BACKEND_ROUTE: z
    .string()
    .min(1)
    .optional()
    .describe("server in /eosc-perf's OpenAPI document; unset: wherever it is asked for"),
  EOSC_PERF_REGISTRY_URL: z
    .url({ protocol: /^https?$/ })
    .default("https://registry-1.docker.io")
    .describe("registry that benchmarks' images are looked up in"),
  EOSC_PERF_REGISTRY_HOSTS: wordList
    .default([
      "docker.io",
      "gcr.io",
      "ghcr.io",
      "mcr.microsoft.com",
      "nvcr.io",
      "public.ecr.aws",
      "quay.io",
      "registry.gitlab.com",
    ])
    .describe("further registries that images may name; *: any"),
  EOSC_PERF_RESTORE_REJECTED_CLAIMS: z
    .enum(["on", "off"])
    .default("off")
    .describe("whether the result of a rejected claim on /eosc-perf is shown again"),
  KERNELCI_JWT_SECRET: z.string().default("").describe("secret that signs the tokens of submitters"),
  KERNELCI_UNSIGNED: z
    .enum(["refuse", "accept"])
    .default("refuse")
    .describe("submissions while neither secret is set; accept is for development"),
  KERNELCI_UNIFIED_SECRET: z.string().default("").describe("secret: a second one that may have signed"),
  KERNELCI_SUBMIT_MAX_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(100_000_000)
    .describe("largest submission taken; the platform has a limit of its own"),
  KERNELCI_CACHE_TIMEOUT: z.coerce
    .number()
    .int()
    .min(0)
    .default(180)
    .describe("seconds that answers of the KernelCI API may be kept; 0: not at all"),
  KERNELCI_ORIGINS_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(30)
    .describe("how many days back the KernelCI list of origins looks unless asked otherwise"),
  KERNELCI_CORS_ALLOWED_ORIGINS: textList.describe("origins whose pages may read the KernelCI API"),
  KERNELCI_CORS_ALLOW_ALL_ORIGINS: truth
    .optional()
    .describe("whether pages of every origin may; unset: as long as no origins are listed"),
  EDGE_LIMIT_RECEIPTS: z
    .enum(["on", "off"])
    .default("off")
    .describe("whether limits of requests a minute hold for signed webhooks and submissions too"),
  RELEASE: z.string().default("dev").describe("version or commit shown by /health"),
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
