import type { Database } from "../../../../db/client.ts";
import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import type { ScrapeChange } from "../../../../db/upserts/github/scrapes.ts";
import type { Config } from "../../config.ts";
import type { TurnApi } from "../rest/api.ts";
import type { PauseSettings } from "../rest/pause.ts";
import type { GithubRefusal } from "../rest/refusal.ts";

/** What a turn has read, ready to be written. */
export type Reading = {
  /** Writes it, in the transaction that moves the scrape on; returns how far the scrape then is. */
  write(tx: Database): Promise<Omit<ScrapeChange, "requests" | "waitSeconds">>;
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
  const isFirst = page === null;
  return { answer: await api.list(page ?? firstPage, isFirst ? etags[step] : undefined), isFirst };
}

/** The repository a scrape reads; it is known from the first step on. */
export function repoIdOf({ repoId }: Scrape): number {
  if (repoId === null) throw new TypeError("the repository is not known yet");
  return repoId;
}
