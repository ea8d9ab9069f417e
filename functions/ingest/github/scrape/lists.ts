import type { Database } from "../../../../db/client.ts";
import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import { branchesBelow } from "../../../../db/queries/github/unlisted-branches.ts";
import { type BranchFact, type GithubFacts, mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { readItems, type Sent } from "../rest/items.ts";
import { factsOfListedBranch, factsOfListedCommit, ListedBranch, ListedCommit } from "../rest/listed.ts";
import { factsOfWorkflow, Workflow } from "../workflow-run.ts";
import { readPage, repoIdOf, type Step } from "./page.ts";

type List = {
  step: "branches" | "commits" | "workflows";
  next: Scrape["step"];
  path(scrape: Scrape): string;
  facts(sent: Sent, scrape: Scrape, arrival: string): Partial<GithubFacts>;
  /** True of a list whose first page shows whatever is new. */
  isNewestFirst: boolean;
  /** Looks at the whole once its last page is stored. */
  complete?(tx: Database, scrape: Scrape, arrival: string): Promise<void>;
};

/** A step that reads a list page by page (contract section 5, steps 2 to 4). */
function listStep(list: List): Step {
  return async (scrape, means) => {
    const arrival = newReceiptId();
    const { answer, isFirst } = await readPage(scrape, list.path(scrape), means);
    if (answer === "unchanged") return { write: async () => ({ step: list.next, page: null }) };
    const { items, skipped } = readItems(answer.value, (sent) => list.facts(sent, scrape, arrival));
    // Of several pages the first may stay the same while a later one changes.
    const mayKeep = list.isNewestFirst || answer.next === undefined;
    const tag = isFirst ? { [list.step]: mayKeep ? answer.etag : undefined } : {};
    return {
      async write(tx) {
        await storeGithubFacts(tx, mergeFacts(items));
        if (answer.next === undefined) await list.complete?.(tx, scrape, arrival);
        return {
          step: answer.next === undefined ? list.next : list.step,
          page: answer.next ?? null,
          etags: { ...scrape.etags, ...tag },
          counts: { [list.step]: items.length, skipped },
        };
      },
    };
  };
}

export const readBranches = listStep({
  step: "branches",
  next: "commits",
  isNewestFirst: false,
  path: ({ repo }) => `/repos/${repo}/branches?per_page=100`,
  facts: (sent, scrape, arrival) => factsOfListedBranch(ListedBranch.parse(sent), placeOf(scrape), arrival),
  complete: removeUnlisted,
});

export const readCommits = listStep({
  step: "commits",
  next: "workflows",
  isNewestFirst: true,
  path: ({ repo, since }) =>
    `/repos/${repo}/commits?per_page=100${since === null ? "" : `&since=${since.slice(0, 19)}Z`}`,
  facts: (sent, scrape, arrival) =>
    factsOfListedCommit(ListedCommit.parse(sent), { repoId: repoIdOf(scrape), branch: scrape.defaultBranch }, arrival),
});

export const readWorkflows = listStep({
  step: "workflows",
  next: "runs",
  isNewestFirst: false,
  path: ({ repo }) => `/repos/${repo}/actions/workflows?per_page=100`,
  facts: (sent, scrape, arrival) => factsOfWorkflow(Workflow.parse(sent), sent, repoIdOf(scrape), arrival),
});

/** All listed branches now have the scrape's version: those still below it are gone, as by a `delete` event. */
async function removeUnlisted(tx: Database, scrape: Scrape, arrival: string): Promise<void> {
  const place = placeOf(scrape);
  const gone = (await branchesBelow(tx, place.repoId, place.version)).map(
    (name): BranchFact => ({ ...place, name, arrival, kind: "delete", before: null, after: null, login: null }),
  );
  if (gone.length > 0) await storeGithubFacts(tx, mergeFacts([{ branches: gone }]));
}

function placeOf(scrape: Scrape): { repoId: number; version: string } {
  const { version } = scrape;
  if (version === null) throw new TypeError("the repository's version is not known yet");
  return { repoId: repoIdOf(scrape), version };
}
