import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import { repositoryPath } from "../rest/access.ts";
import type { TurnApi } from "../rest/api.ts";
import { GithubRefusal } from "../rest/refusal.ts";
import { repoIdOf } from "./page.ts";

/**
 * An answer, or undefined when GitHub says that it does not have what was asked for. It says so to whoever may no longer see the
 * repository too: to be believed only when the repository itself answers afterwards. Throws GithubRefusal otherwise.
 */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof GithubRefusal) || error.why.is !== "absent") throw error;
    return undefined;
  }
}

/** Makes sure that the repository itself answers. Throws a GithubRefusal that ends the scrape when it does not. */
export async function askForRepository(scrape: Scrape, api: TurnApi): Promise<void> {
  try {
    await api.get(repositoryPath(repoIdOf(scrape)));
  } catch (error) {
    if (!(error instanceof GithubRefusal) || error.why.is !== "absent") throw error;
    throw new RepositoryGone(error.why, `the repository no longer answers: ${error.message}`, error.status);
  }
}

/** The repository that is scraped is not there any more, or may not be read any more. */
export class RepositoryGone extends GithubRefusal {
  override name = "RepositoryGone";
}
