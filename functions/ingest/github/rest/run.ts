import type { GithubId } from "../../../../db/schema/github-id.ts";
import type { GithubFacts } from "../../../../db/upserts/github/facts.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { parseParts } from "../parts.ts";
import { factsOfJob, Job } from "../workflow-job.ts";
import { factsOfRun, Run } from "../workflow-run.ts";
import type { GithubApi, ListAnswer } from "./api.ts";
import { type Items, readItems } from "./items.ts";
import { nonsense } from "./refusal.ts";

type Reader = Pick<GithubApi, "get" | "list">;
type Facts = Items<Partial<GithubFacts>>;

/** How often the jobs of a run are read anew because GitHub counts more of them than it listed. */
const MAX_READS = 3;

/** One run, or one attempt of it, by its path. Throws GithubRefusal. */
export async function readOneRun(path: string, repoId: GithubId, api: Reader): Promise<Facts> {
  const arrival = newReceiptId();
  const answer = await api.get(path);
  return readItems([answer.value], "run", (sent) => factsOfRun(parseParts(Run, sent), sent, repoId, arrival));
}

/** The jobs of a run, all pages. Throws GithubRefusal. */
export async function readJobs(firstPage: string, repoId: GithubId, api: Reader): Promise<Facts> {
  const read: Facts = { items: [], skipped: [] };
  for (let reads = 1; reads <= MAX_READS; reads += 1) {
    const { jobs, listed, total } = await readJobPages(firstPage, repoId, api);
    read.items.push(...jobs.items);
    read.skipped = jobs.skipped;
    if (listed >= total) return read;
    read.skipped = [...jobs.skipped, { kind: "job", id: null, reason: `GitHub lists ${listed} of ${total} jobs` }];
  }
  return read;
}

async function readJobPages(firstPage: string, repoId: GithubId, api: Reader) {
  const jobs: Facts = { items: [], skipped: [] };
  const ids = new Set<unknown>();
  let total = 0;
  for (let page: string | undefined = firstPage; page !== undefined; ) {
    const arrival = newReceiptId();
    const answer: ListAnswer | "unchanged" = await api.list(page);
    if (answer === "unchanged") throw nonsense("nothing was asked that could be unchanged");
    const read = readItems(answer.value, "job", (sent) => factsOfJob(parseParts(Job, sent), sent, repoId, arrival));
    jobs.items.push(...read.items);
    jobs.skipped.push(...read.skipped);
    for (const { jobs: [job] = [] } of read.items) ids.add(job?.jobId);
    total = answer.total ?? 0;
    page = answer.next;
  }
  return { jobs, listed: ids.size + jobs.skipped.length, total };
}
