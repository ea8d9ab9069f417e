import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as z from "zod";
import type { TransactionalDatabase } from "../../../db/client.ts";
import { type GithubFacts, mergeFacts } from "../../../db/upserts/github/facts.ts";
import { storeGithubFacts } from "../../../db/upserts/github/store.ts";
import { branchVersion, Repository, repositoryMet } from "../../../functions/ingest/github/repository.ts";
import { Instant } from "../../../functions/ingest/github/timestamps.ts";
import { factsOfJob, Job } from "../../../functions/ingest/github/workflow-job.ts";
import { factsOfRun, factsOfWorkflow, Run, Workflow } from "../../../functions/ingest/github/workflow-run.ts";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";

const Sent = z.record(z.string(), z.unknown());

const Branch = z.looseObject({
  name: z.string(),
  commit: z.looseObject({ sha: z.string() }),
  protected: z.boolean(),
});
const Commit = z.looseObject({
  sha: z.string(),
  commit: z.looseObject({
    message: z.string(),
    author: z.looseObject({ name: z.string(), date: Instant }),
  }),
  author: z.looseObject({ html_url: z.string() }).nullable(),
});

/**
 * Brings a database to the state after the initial scrape of every repository in `folder` (`<owner>/<repo>/*.json`,
 * contract section 12), through the same parsers and upserts that webhooks pass.
 */
export async function seedFromRest(db: TransactionalDatabase, folder: string): Promise<void> {
  const owners = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const repositories = owners.flatMap(({ name }) =>
    readdirSync(join(folder, name)).map((repo) => join(folder, name, repo)),
  );
  for (const repository of repositories) {
    const facts = factsOfScrape(repository);
    await db.transaction((tx) => storeGithubFacts(tx, facts));
  }
}

/** Everything the recorded REST answers of one repository say. */
function factsOfScrape(folder: string): GithubFacts {
  const read = <T>(name: string, schema: z.ZodType<T>): T => schema.parse(recorded(join(folder, name)));
  const sentRepository = read("repo.json", Sent);
  const repository = Repository.parse(sentRepository);
  const repoId = repository.id;
  const arrival = newReceiptId();
  const runs = [
    ...read("runs.json.gz", z.array(Sent)),
    ...Object.values(read("attempts.json.gz", z.record(z.string(), Sent))),
  ];
  const jobs = Object.values(read("jobs.json.gz", z.record(z.string(), z.array(Sent)))).flat();
  return mergeFacts([
    { repos: [{ ...repositoryMet(repository, sentRepository, arrival), authoritative: true }] },
    ...read("branches.json", z.array(Branch)).map((branch) => factsOfBranch(branch, repository, arrival)),
    ...read("commits.json.gz", z.array(Commit)).map((commit) => factsOfCommit(commit, repository, arrival)),
    ...read("workflows.json", z.array(Sent)).map((sent) =>
      factsOfWorkflow(Workflow.parse(sent), sent, repoId, arrival),
    ),
    ...runs.map((sent) => factsOfRun(Run.parse(sent), sent, repoId, arrival)),
    ...jobs.map((sent) => factsOfJob(Job.parse(sent), sent, repoId, arrival)),
  ]);
}

function recorded(file: string): unknown {
  const bytes = readFileSync(file);
  return JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}

function factsOfBranch(branch: z.infer<typeof Branch>, repository: Repository, arrival: string): Partial<GithubFacts> {
  const version = branchVersion(repository);
  const head = { before: null, after: branch.commit.sha, protected: branch.protected };
  return {
    branches: [{ repoId: repository.id, name: branch.name, version, arrival, kind: "listed", login: null, ...head }],
  };
}

function factsOfCommit(listed: z.infer<typeof Commit>, repository: Repository, arrival: string): Partial<GithubFacts> {
  const { sha, commit, author } = listed;
  const branch = repository.default_branch;
  return {
    commits: [
      {
        repoId: repository.id,
        sha,
        author: commit.author.name,
        authorUrl: author?.html_url ?? null,
        message: commit.message,
        time: commit.author.date,
        forced: null,
        origin: 1,
        arrival,
      },
    ],
    branchCommits: branch ? [{ repoId: repository.id, branch, sha }] : [],
  };
}
