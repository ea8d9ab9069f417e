import type * as z from "zod";
import type { Database } from "../../db/client.ts";
import { findImportedRepos, type ImportedRepo } from "../../db/queries/github/imported-repos.ts";
import { listWorkflowsByName } from "../../db/queries/github/imported-workflows.ts";
import type { GithubId } from "../../db/schema/github-id.ts";
import { type ImportedFacts, storeImported } from "../../db/upserts/github/imported.ts";
import { newReceiptId } from "../../functions/messages/receipt-id.ts";
import type { Output } from "../output.ts";
import { attemptFact, branchRow, commitFact, FIRST_IMPORTED_ID, repoFact, workflowFact } from "./imported-facts.ts";
import { ROWS } from "./imported-rows.ts";
import type { OriginalRow, OriginalTable } from "./original-database.ts";

type Page = { tx: Database; rows: readonly OriginalRow[]; output: Output; arrival: string };
type Read = { facts: ImportedFacts; skipped: number };

/** Stores one page of a table, and says how many rows were new and how many could not be read. */
export async function storePage(tx: Database, table: OriginalTable, rows: readonly OriginalRow[], output: Output) {
  const { facts, skipped } = await READERS[table]({ tx, rows, output, arrival: newReceiptId() });
  return { stored: await storeImported(tx, facts), skipped };
}

const READERS: Record<OriginalTable, (page: Page) => Promise<Read>> = {
  async repos(page) {
    const { items, skipped } = readRows(ROWS.repos, page.rows);
    const names = items.map(({ name }) => name);
    return { facts: { repos: (await resolveRepos(page, names)).made }, skipped };
  },
  async branches(page) {
    const { items, skipped } = readRows(ROWS.branches, page.rows);
    const { made, find } = await resolveRepos(page, reposOf(items));
    return { facts: { repos: made, branches: items.map((row) => branchRow(row, find(row.repo))) }, skipped };
  },
  async commits(page) {
    const { items, skipped } = readRows(ROWS.commits, page.rows);
    const { made, find } = await resolveRepos(page, reposOf(items));
    const commits = items.map((row) => commitFact(row, find(row.repo), page.arrival));
    return { facts: { repos: made, commits }, skipped };
  },
  async workflows(page) {
    const { items, skipped } = readRows(ROWS.workflows, page.rows);
    const { made, find } = await resolveRepos(page, reposOf(items));
    const findWorkflow = await workflowFinder(
      page,
      items.map(({ repo }) => find(repo)),
    );
    const missing = items.filter(({ repo, name }) => findWorkflow(find(repo), name) === undefined);
    const workflows = missing.map((row) => workflowFact(row, find(row.repo), page.arrival));
    return { facts: { repos: made, workflows }, skipped };
  },
  async workflowruns(page) {
    const { items, skipped } = readRows(ROWS.workflowruns, page.rows);
    const { made, find } = await resolveRepos(page, reposOf(items));
    const findWorkflow = await workflowFinder(
      page,
      items.map(({ repo }) => find(repo)),
    );
    const workflows = new Map<GithubId, ReturnType<typeof workflowFact>>();
    const attempts = items.flatMap((row) => {
      const repo = { ...find(row.repo), name: row.repo };
      const known = row.workflowname === null ? undefined : findWorkflow(repo, row.workflowname);
      const unknown = row.workflowname !== null && known === undefined ? row.workflowname : undefined;
      const fact = unknown === undefined ? undefined : workflowFact({ name: unknown, url: null }, repo, page.arrival);
      if (fact !== undefined) workflows.set(fact.workflowId, fact);
      const workflow = known ?? (fact && { workflowId: fact.workflowId, path: null });
      const attempt = attemptFact(row, repo, workflow, page.arrival);
      return attempt === undefined ? [] : [attempt];
    });
    const untimed = items.length - attempts.length;
    return { facts: { repos: made, workflows: [...workflows.values()], attempts }, skipped: skipped + untimed };
  },
};

const reposOf = (items: readonly { repo: string }[]) => items.map(({ repo }) => repo);

/** The rows that can be read; one that cannot costs only itself. */
function readRows<S extends z.ZodType>(
  schema: S,
  rows: readonly OriginalRow[],
): { items: z.output<S>[]; skipped: number } {
  const items = rows.flatMap((row) => {
    const { success, data } = schema.safeParse(row);
    return success ? [data] : [];
  });
  return { items, skipped: rows.length - items.length };
}

/** Which repository each name means; `made` are those that nobody here knows yet. */
async function resolveRepos({ tx, output, arrival }: Page, names: readonly string[]) {
  const known = await findImportedRepos(tx, names, FIRST_IMPORTED_ID);
  const unknown = new Map(names.map((name) => [name.toLowerCase(), name]));
  for (const key of known.keys()) unknown.delete(key);
  const made = [...unknown.values()].map((name) => repoFact(name, arrival));
  for (const { name } of made)
    output.say(`${name} is not known here: it is taken for a repository that GitHub no longer has.`);
  const byName = new Map<string, ImportedRepo>(known);
  for (const { name, repoId } of made) byName.set(name.toLowerCase(), { repoId, isImported: true });
  const find = (name: string): ImportedRepo => {
    const found = byName.get(name.toLowerCase());
    if (found === undefined) throw new TypeError(`${name} was not asked for`);
    return found;
  };
  return { made, find };
}

/** Finds the workflow of a name in a repository, among those that are stored. */
async function workflowFinder({ tx }: Page, repos: readonly ImportedRepo[]) {
  const all = await listWorkflowsByName(tx, [...new Set(repos.map(({ repoId }) => repoId))]);
  const byName = new Map(all.map((workflow) => [`${workflow.repoId} ${workflow.name}`, workflow]));
  return ({ repoId }: ImportedRepo, name: string) => byName.get(`${repoId} ${name}`);
}
