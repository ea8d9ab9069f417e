import { z } from "@hono/zod-openapi";

const text = (description: string) => z.string().nullable().openapi({ description });
const count = (description: string) => z.int().openapi({ description });

const OutcomeWord = z.enum(["pass", "fail", "skip", "error", "missing"]);
const VerdictWord = z.enum(["pass", "fail", "flaky", "skip", "error", "missing"]);

const Evidence = z
  .object({
    outcome: OutcomeWord.nullable().openapi({ description: "what this attempt came to; null while it has not ended" }),
    label: z.string().openapi({ description: "what tells it from the others: an attempt, a lab" }),
    url: text("the row in the source's own API; null when it has no address"),
  })
  .openapi("Evidence");

/** One test or job in one environment, judged over its attempts on the commit. */
export const JudgedSeries = z
  .object({
    kind: z.enum(["job", "build", "boot", "test", "output"]),
    name: z.string().openapi({ description: "job, test path or input" }),
    environment: z
      .string()
      .openapi({ description: "where it ran: workflow and event, hardware and configuration, project and batch" }),
    verdict: VerdictWord.nullable().openapi({ description: "docs/verdicts.md; null while nothing has ended" }),
    standing: z
      .enum(["new", "known", "first_seen"])
      .nullable()
      .openapi({ description: "of a failure, beside earlier commits of the branch" }),
    queue_seconds: z.number().nullable().openapi({ description: "of the last attempt, in seconds; null when unknown" }),
    run_seconds: z.number().nullable().openapi({ description: "of the last attempt, in seconds; null when unknown" }),
    metrics: z
      .array(z.object({ name: z.string(), value: z.number() }))
      .openapi({ description: "numbers that the result reports, by name; the first 12" }),
    evidence: z.array(Evidence).openapi({ description: "the rows that the verdict was made from" }),
  })
  .openapi("JudgedSeries");
export type JudgedSeries = z.infer<typeof JudgedSeries>;

const counts = {
  pass: count("passed"),
  fail: count("failed"),
  flaky: count("passed and failed"),
  skip: count("skipped"),
  error: count("ended by a fault of the infrastructure"),
  missing: count("expected, and never came"),
  running: count("without a result so far"),
};

/** How many there are of each verdict. */
export const Counts = z.object(counts).openapi("VerdictCounts");
export type Counts = z.infer<typeof Counts>;

const NeedsToken = z.object({ access: z.literal("token needed") });
const granted = <T extends z.ZodRawShape>(shape: T) =>
  z.union([
    z.object({
      access: z.literal("granted"),
      ...shape,
      truncated: z.boolean().openapi({ description: "whether there is more than is listed" }),
    }),
    NeedsToken,
  ]);

export const GithubPart = granted({
  runs: z.array(
    z.object({
      repository: z.string(),
      workflow: text("name of the workflow"),
      event: text("what started it"),
      branch: text("head branch"),
      status: z.string(),
      conclusion: text("null while it runs"),
      attempt: count("newest attempt"),
      queue_seconds: z.number(),
      run_seconds: z.number().nullable(),
      created_at: z.string(),
      url: z.string().openapi({ description: "the run in GitHub's API as it is served here" }),
    }),
  ),
  counts: Counts,
  jobs: z.array(JudgedSeries),
}).openapi("GithubPart");

export const KernelciPart = granted({
  checkouts: z.array(
    z.object({
      id: z.string(),
      origin: z.string(),
      tree: text("name of the tree"),
      branch: text("its branch"),
      repository: text("one name over all sources"),
      time: text("when it started"),
    }),
  ),
  counts: z
    .array(z.object({ kind: z.enum(["build", "boot", "test"]), ...rowCounts() }))
    .openapi({ description: "results by kind: rows, not verdicts, from counts kept at write time" }),
  groups: z.array(
    z.object({
      kind: z.enum(["build", "boot", "test"]),
      architecture: text("of the build"),
      configuration: text("of the build"),
      hardware: text("platform that was tested"),
      lab: text("where it ran"),
      ...rowCounts(),
    }),
  ),
  failures: z.array(JudgedSeries).openapi({ description: "series with a failure, judged with their repeats" }),
}).openapi("KernelciPart");

function rowCounts() {
  const { flaky: _flaky, ...rest } = counts;
  return rest;
}

export const QaboardPart = granted({
  batches: z.array(
    z.object({
      project: z.string(),
      label: z.string(),
      created_at: text("when it was made"),
      valid: z.int(),
      pending: z.int(),
      running: z.int(),
      failed: z.int(),
      deleted: z.int(),
      url: z.string(),
    }),
  ),
  counts: Counts,
  outputs: z.array(JudgedSeries),
}).openapi("QaboardPart");

export const EoscPerfPart = granted({
  results: z
    .array(
      z.object({
        benchmark: z.string(),
        site: z.string(),
        flavor: z.string(),
        executed_at: z.string(),
        url: z.string(),
      }),
    )
    .openapi({ description: "empty while EOSC_PERF_COMMIT_PATH names no path" }),
}).openapi("EoscPerfPart");

/** A commit over all sources. */
export const Commit = z
  .object({
    sha: z.string().openapi({ description: "full hash" }),
    summary: z.string().openapi({ description: "the verdicts of all sources the caller may see, in one line" }),
    message: text("commit message, its first 4,000 characters"),
    author: text("who wrote it, as the first source that knows says"),
    time: text("when it was made"),
    branches: z.array(z.string()).openapi({ description: "branches that sources saw it on" }),
    repositories: z
      .array(z.string())
      .openapi({ description: "host and path in lower case, one name over all sources" }),
    github: GithubPart,
    kernelci: KernelciPart,
    qaboard: QaboardPart,
    eosc_perf: EoscPerfPart,
  })
  .openapi("CommitPage");
export type Commit = z.infer<typeof Commit>;

/** Several commits whose hashes begin alike. */
export const Matches = z
  .object({
    commits: z.array(z.object({ sha: z.string(), url: z.string() })),
    truncated: z.boolean().openapi({ description: "whether there are more" }),
  })
  .openapi("CommitMatches");
export type Matches = z.infer<typeof Matches>;
