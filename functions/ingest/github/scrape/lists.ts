import type { Database } from "../../../../db/client.ts";
import type { Scrape } from "../../../../db/queries/github/scrape.ts";
import { branchesBelow } from "../../../../db/queries/github/unlisted-branches.ts";
import { type GithubFacts, mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { storeGithubFacts } from "../../../../db/upserts/github/store.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { parseParts } from "../parts.ts";
import type { ListAnswer } from "../rest/api.ts";
import { readItems, type Sent } from "../rest/items.ts";
import { factsOfListedBranch, factsOfListedCommit, ListedBranch, ListedCommit } from "../rest/listed.ts";
import { GithubRefusal } from "../rest/refusal.ts";
import { factsOfWorkflow, Workflow } from "../workflow-run.ts";
import { type Progress, pageBefore, readMovedPage, readPage, repoIdOf, type Step } from "./page.ts";
import { placeOf } from "./unlisted.ts";

type List = {
  step: "branches" | "commits" | "workflows";
  kind: string;
  path(scrape: Scrape): string;
  facts(sent: Sent, scrape: Scrape, arrival: string): Partial<GithubFacts>;
  /** True of a list whose first page shows whatever is new. */
  isNewestFirst: boolean;
  /** The step after the last page is stored. */
  next(tx: Database, scrape: Scrape): Promise<Scrape["step"]>;
};

/** How often pages are read again since the one before had changed; after that the scrape says so and goes on. */
const MAX_REPEATS = 20;
/** Answer for the commits of a repository without any. */
const EMPTY = 409;

/**
 * A step that reads a list page by page (contract section 5, steps 2 to 4). After each page the one before it is looked at once
 * more: where elements went or came meanwhile, both are read again, so that none slips through between them.
 */
function listStep(list: List): Step {
  return async (scrape, means) => {
    const arrival = newReceiptId();
    const answer = await readPage(scrape, list.path(scrape), means).catch(emptyList);
    if (answer === "unchanged")
      return { write: async (tx) => ({ step: await list.next(tx, scrape), page: null, list: {} }) };
    const moved = await readMovedPage(scrape, list.path(scrape), means);
    const elements = [...(moved?.value ?? []), ...answer.value];
    const { items, skipped } = readItems(elements, list.kind, (sent) => list.facts(sent, scrape, arrival));
    return {
      async write(tx) {
        await storeGithubFacts(tx, mergeFacts(items));
        const place = placeAfter(list, scrape, answer, moved, skipped.length);
        const step = place.page === null ? await list.next(tx, scrape) : list.step;
        return { ...place, step, counts: { [list.step]: items.length }, skipped };
      },
    };
  };
}

function emptyList(error: unknown): ListAnswer {
  if (!(error instanceof GithubRefusal) || error.status !== EMPTY) throw error;
  return { value: [], total: undefined, etag: undefined, next: undefined, prev: undefined, pauseSeconds: 0 };
}

/** The page that is read next, null after the last one, and what is remembered until then. */
function placeAfter(
  { step, isNewestFirst }: List,
  scrape: Scrape,
  answer: ListAnswer,
  moved: ListAnswer | undefined,
  skippedNow: number,
): Pick<Progress, "page" | "list" | "etags" | "problem"> {
  const { page, list, etags } = scrape;
  const { before, repeats = 0 } = list;
  const skipped = (list.skipped ?? 0) + skippedNow;
  if (moved !== undefined && before !== undefined && repeats < MAX_REPEATS && moved.next !== undefined)
    return { page, list: { before: pageBefore(before.page, moved), repeats: repeats + 1, skipped } };
  const next = moved !== undefined && moved.next === undefined ? null : (answer.next ?? null);
  const isUncertain = moved !== undefined && repeats >= MAX_REPEATS;
  const reason = `the list changed each of ${MAX_REPEATS} times that it was read`;
  const problem = isUncertain ? { step, reason, refused: false } : undefined;
  // Of several pages the first may stay the same while a later one changes.
  const mayKeep = page === null ? isNewestFirst || (next === null && isComplete(answer)) : etags[step] !== undefined;
  const tag = page === null ? answer.etag : etags[step];
  const isWhole = mayKeep && skipped === 0 && !isUncertain;
  return {
    page: next,
    list: next === null ? {} : { before: pageBefore(page, answer), skipped, repeats },
    etags: { ...etags, [step]: isWhole ? tag : undefined },
    problem,
  };
}

const isComplete = ({ value, total }: ListAnswer) => total === undefined || total === value.length;

export const readBranches = listStep({
  step: "branches",
  kind: "branch",
  isNewestFirst: false,
  path: ({ repo }) => `/repos/${repo}/branches?per_page=100`,
  facts: (sent, scrape, arrival) => factsOfListedBranch(parseParts(ListedBranch, sent), placeOf(scrape), arrival),
  async next(tx, scrape) {
    const { repoId, version } = placeOf(scrape);
    const unlisted = await branchesBelow(tx, repoId, { version, after: "", limit: 1 });
    return unlisted.length > 0 ? "unlisted" : "commits";
  },
});

export const readCommits = listStep({
  step: "commits",
  kind: "commit",
  isNewestFirst: true,
  path: ({ repo, since }) =>
    `/repos/${repo}/commits?per_page=100${since === null ? "" : `&since=${since.slice(0, 19)}Z`}`,
  facts: (sent, scrape, arrival) =>
    factsOfListedCommit(
      parseParts(ListedCommit, sent),
      { repoId: repoIdOf(scrape), branch: scrape.defaultBranch },
      arrival,
    ),
  next: async () => "workflows",
});

export const readWorkflows = listStep({
  step: "workflows",
  kind: "workflow",
  isNewestFirst: false,
  path: ({ repo }) => `/repos/${repo}/actions/workflows?per_page=100`,
  facts: (sent, scrape, arrival) => factsOfWorkflow(parseParts(Workflow, sent), sent, repoIdOf(scrape), arrival),
  next: async () => "runs",
});
