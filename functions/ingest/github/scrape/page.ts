import type { Database } from "../../../../db/client.ts";
import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import type { ScrapeChange } from "../../../../db/upserts/github/scrapes.ts";
import type { Config } from "../../config.ts";
import type { Answer, GithubApi } from "../rest/api.ts";
import type { PauseSettings } from "../rest/pause.ts";
import { GithubRefusal } from "../rest/refusal.ts";

/** What a turn has read, ready to be written. */
export type Reading = {
  /** Writes it, in the transaction that moves the scrape on; returns how far the scrape then is. */
  write(tx: Database): Promise<Omit<ScrapeChange, "requests" | "waitSeconds">>;
  /** What ended the turn before its time; what was read before stays read. */
  refusal?: GithubRefusal | undefined;
};

/** What a step has to read with. */
export type Means = { api: GithubApi; db: Database; config: ScrapeSettings };

/** What of the settings a scrape goes by. */
export type ScrapeSettings = PauseSettings & Pick<Config, "GITHUB_REPOSITORIES">;

/** Reads one page, or a few runs. Throws GithubRefusal. */
export type Step = (scrape: Scrape, means: Means) => Promise<Reading>;

const EMPTY_PAGE: Answer = { value: [], etag: undefined, next: undefined, pauseSeconds: 0 };

/** One page of a list, or "unchanged" when its first page is the one that an earlier reading saw. */
export async function readPage({ page, etags, step }: Scrape, firstPage: string, { api }: Means) {
  const isFirst = page === null;
  try {
    return { answer: await api.get(page ?? firstPage, isFirst ? etags[step] : undefined), isFirst };
  } catch (error) {
    // A repository without commits answers so when it is asked for them.
    const isEmpty = step === "commits" && error instanceof GithubRefusal && error.why.is === "empty";
    if (isEmpty) return { answer: EMPTY_PAGE, isFirst };
    throw error;
  }
}

/** The repository a scrape reads; it is known from the first step on. */
export function repoIdOf({ repoId }: Scrape): number {
  if (repoId === null) throw new TypeError("the repository is not known yet");
  return repoId;
}
