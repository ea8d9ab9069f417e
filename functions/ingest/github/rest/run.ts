import type { GithubFacts } from "../../../../db/upserts/github/facts.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { factsOfJob, Job } from "../workflow-job.ts";
import { factsOfRun, Run } from "../workflow-run.ts";
import type { GithubApi } from "./api.ts";
import { type Items, readItems } from "./items.ts";
import { GithubRefusal } from "./refusal.ts";

type Reader = Pick<GithubApi, "get" | "list">;
type Facts = Items<Partial<GithubFacts>>;
const NONE: Facts = { items: [], skipped: 0 };

/** One run, or one attempt of it, by its path; none when GitHub no longer has it. Throws GithubRefusal. */
export async function readOneRun(path: string, repoId: number, api: Reader): Promise<Facts> {
  const arrival = newReceiptId();
  const answer = await unlessAbsent(api.get(path));
  if (answer === undefined) return NONE;
  return readItems([answer.value], (sent) => factsOfRun(Run.parse(sent), sent, repoId, arrival));
}

/** The jobs of a run, all pages; none when GitHub no longer has it. Throws GithubRefusal. */
export async function readJobs(firstPage: string, repoId: number, api: Reader): Promise<Facts> {
  const read: Facts = { items: [], skipped: 0 };
  for (let page: string | undefined = firstPage; page !== undefined; ) {
    const arrival = newReceiptId();
    const answer: Awaited<ReturnType<GithubApi["list"]>> | undefined = await unlessAbsent(api.list(page));
    if (answer === undefined || answer === "unchanged") break;
    const { items, skipped } = readItems(answer.value, (sent) => factsOfJob(Job.parse(sent), sent, repoId, arrival));
    read.items.push(...items);
    read.skipped += skipped;
    page = answer.next;
  }
  return read;
}

/** What GitHub has deleted meanwhile is no failure. */
async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GithubRefusal && error.why.is === "absent") return undefined;
    throw error;
  }
}
