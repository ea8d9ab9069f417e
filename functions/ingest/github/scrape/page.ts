import type { Database } from "../../../../db/client.ts";
import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import type { GithubId } from "../../../../db/schema/github-id.ts";
import type { ScrapeProblem, ScrapeSkip } from "../../../../db/schema/index.ts";
import type { ScrapeChange } from "../../../../db/upserts/github/scrapes.ts";
import type { Config } from "../../config.ts";
import type { ListAnswer, TurnApi } from "../rest/api.ts";
import { findKey } from "../rest/items.ts";
import type { PauseSettings } from "../rest/pause.ts";
import type { GithubRefusal } from "../rest/refusal.ts";

/** How far a scrape is after a turn, what could not be read in it, and what is said of it at the end. */
export type Progress = Omit<ScrapeChange, "requests" | "waitSeconds" | "skips" | "problems"> & {
  skipped?: readonly ScrapeSkip[];
  problem?: ScrapeProblem | undefined;
};

/** What a turn has read, ready to be written. */
export type Reading = {
  /** Writes it, in the transaction that moves the scrape on. */
  write(tx: Database): Promise<Progress>;
  /** What ended the turn before its time; what was read before stays read. */
  refusal?: GithubRefusal | undefined;
};

/** What a step has to read with. */
export type Means = { api: TurnApi; db: Database; config: ScrapeSettings };

/** What of the settings a scrape goes by. */
export type ScrapeSettings = PauseSettings & Pick<Config, "GITHUB_REPOSITORIES">;

/** Reads one page, or a few runs. Throws GithubRefusal. */
export type Step = (scrape: Scrape, means: Means) => Promise<Reading>;

/** One page of a list, or "unchanged" when its first page is the one that an earlier reading saw. */
export async function readPage({ page, etags, step }: Scrape, firstPage: string, { api }: Means) {
  return await api.list(page ?? firstPage, page === null ? etags[step] : undefined);
}

/**
 * The page before the present one, when its last element is no longer the one that was read: then elements have moved across
 * the boundary between them. Undefined when it is, or when there is no such page.
 */
export async function readMovedPage({ list }: Scrape, firstPage: string, { api }: Means) {
  const { before } = list;
  if (before === undefined) return undefined;
  const answer = await api.list(before.page ?? firstPage, before.etag ?? undefined);
  return answer === "unchanged" || lastKey(answer) === before.last ? undefined : answer;
}

/** What is remembered of a page while the next one is read. */
export function pageBefore(page: string | null, answer: ListAnswer) {
  return { page, etag: answer.etag ?? null, last: lastKey(answer) };
}

const lastKey = ({ value }: ListAnswer) => findKey(value.at(-1));

/** The repository a scrape reads; it is known from the first step on. */
export function repoIdOf({ repoId }: Scrape): GithubId {
  if (repoId === null) throw new TypeError("the repository is not known yet");
  return repoId;
}
