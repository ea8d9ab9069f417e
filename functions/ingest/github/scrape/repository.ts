import { etagsOfEarlierScrape } from "../../../../db/queries/github/scrape.ts";
import { mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { parseParts } from "../parts.ts";
import { branchVersion, Repository, repositoryMet } from "../repository.ts";
import { readItem } from "../rest/items.ts";
import { GithubRefusal, nonsense } from "../rest/refusal.ts";
import { isWatched } from "../watched.ts";
import type { Step } from "./page.ts";

/** Step 1: the repository itself; every later step needs its id, its present name and its version. */
export const readRepository: Step = async (scrape, { api, db, config }) => {
  const arrival = newReceiptId();
  const answer = await api.get(`/repos/${scrape.repo}`);
  const { repository, sent } = read(answer.value);
  if (!isWatched(repository, config))
    throw new GithubRefusal({ is: "refused" }, `${repository.full_name} is not among GITHUB_REPOSITORIES`);
  const met = repositoryMet(repository, sent, arrival);
  const etags = await etagsOfEarlierScrape(db, repository.id, scrape);
  return {
    async write(tx) {
      // A name that led here by a redirect is a former one.
      const repo = { ...met, authoritative: true, names: [met.name, scrape.repo] };
      await storeGithubFacts(tx, mergeFacts([{ repos: [repo] }]));
      return {
        step: "branches",
        repo: repository.full_name,
        repoId: repository.id,
        defaultBranch: repository.default_branch ?? null,
        version: branchVersion(repository),
        etags,
      };
    },
  };
};

function read(value: unknown) {
  try {
    return readItem(value, (sent) => ({ repository: parseParts(Repository, sent), sent }));
  } catch {
    throw nonsense("the answer is no repository");
  }
}
