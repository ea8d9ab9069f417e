import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import { branchesBelow } from "../../../../db/queries/github/unlisted-branches.ts";
import type { GithubId } from "../../../../db/schema/github-id.ts";
import type { ScrapeSkip } from "../../../../db/schema/index.ts";
import { type BranchFact, type GithubFacts, mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { parseParts } from "../parts.ts";
import { readItems } from "../rest/items.ts";
import { factsOfListedBranch, ListedBranch } from "../rest/listed.ts";
import { GithubRefusal } from "../rest/refusal.ts";
import { askForRepository, unlessGone } from "./gone.ts";
import { type Means, repoIdOf, type Step } from "./page.ts";

/** A turn looks so many branches up at most, and begins no further one after so long. */
const BRANCHES_A_TURN = 25;
const TURN_MS = 5_000;

/**
 * Looks up the branches that a complete list did not name, one by one: a list that changes while it is read may have left out
 * one that lives. What GitHub no longer has is marked deleted, as by a `delete` event.
 */
export const lookUpUnlisted: Step = async (scrape, means) => {
  const { repoId, version } = placeOf(scrape);
  const after = scrape.page ?? "";
  const names = await branchesBelow(means.db, repoId, { version, after, limit: BRANCHES_A_TURN });
  const { facts, skipped, last, refusal } = await lookUp(scrape, names, means);
  return {
    refusal,
    async write(tx) {
      await storeGithubFacts(tx, mergeFacts(facts));
      if (names.length === 0) return { step: "commits", page: null, list: {} };
      return { step: "unlisted", page: last, skipped };
    },
  };
};

async function lookUp(scrape: Scrape, names: readonly string[], means: Means) {
  const end = performance.now() + TURN_MS;
  const facts: Partial<GithubFacts>[] = [];
  const skipped: ScrapeSkip[] = [];
  let last = scrape.page;
  let refusal: GithubRefusal | undefined;
  for (const name of names) {
    if (performance.now() > end || refusal !== undefined) break;
    try {
      const found = await lookUpBranch(scrape, name, means);
      facts.push(...found.items);
      skipped.push(...found.skipped);
    } catch (error) {
      if (!(error instanceof GithubRefusal)) throw error;
      const mayPass = error.why.is === "limited" || error.why.is === "fault";
      if (mayPass && last === scrape.page) throw error;
      if (mayPass) refusal = error;
      else skipped.push({ kind: "branch", id: name, reason: error.message });
    }
    if (refusal === undefined) last = name;
  }
  if (facts.some(({ branches = [] }) => branches.some(({ kind }) => kind === "delete")))
    await askForRepository(scrape, means.api);
  return { facts, skipped, last, refusal };
}

/** What GitHub says of a branch; of a renamed one it shows the new name. */
async function lookUpBranch(scrape: Scrape, name: string, { api }: Means) {
  const place = placeOf(scrape);
  const arrival = newReceiptId();
  const path = `/repos/${scrape.repo}/branches/${encodeURIComponent(name)}`;
  const answer = await unlessGone(api.get(path));
  const gone: BranchFact = { ...place, name, arrival, kind: "delete", before: null, after: null, login: null };
  if (answer === undefined) return { items: [{ branches: [gone] }], skipped: [] };
  const found = readItems([answer.value], "branch", (sent) =>
    factsOfListedBranch(parseParts(ListedBranch, sent), place, arrival),
  );
  const isNamed = found.items.some(({ branches = [] }) => branches.some((branch) => branch.name === name));
  if (!isNamed && found.items.length > 0) found.items.push({ branches: [gone] });
  return found;
}

/** The repository and its version, which every branch has that the scrape knows of. */
export function placeOf(scrape: Scrape): { repoId: GithubId; version: string } {
  const { version } = scrape;
  if (version === null) throw new TypeError("the repository's version is not known yet");
  return { repoId: repoIdOf(scrape), version };
}
