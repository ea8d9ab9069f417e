import { createHash } from "node:crypto";
import type { ImportedRepo } from "../../db/queries/github/imported-repos.ts";
import type { ImportedWorkflow } from "../../db/queries/github/imported-workflows.ts";
import type { AttemptFact, CommitFact, RepoFact, WorkflowFact } from "../../db/upserts/github/facts.ts";
import type { ImportedBranch } from "../../db/upserts/github/imported.ts";
import type { ImportedRow } from "./imported-rows.ts";

/** Older than anything GitHub dates, so that whatever GitHub tells later goes before what was imported. */
const LONG_AGO = new Date(0).toISOString();

/** Ids of what GitHub no longer names begin here: far above its own ids of repositories and workflows, and within a double. */
export const FIRST_IMPORTED_ID = 2 ** 52;

/** The id under which something is kept whose own id the original does not know; the same each time. */
export function importedId(...names: readonly string[]): number {
  const hex = createHash("sha256").update(names.join("\n")).digest("hex").slice(0, 12);
  return FIRST_IMPORTED_ID + Number.parseInt(hex, 16);
}

/** A repository that nobody here knows, so GitHub no longer has it under that name. */
export function repoFact(name: string, arrival: string): RepoFact {
  const repoId = importedId("repository", name.toLowerCase());
  const [owner = "", bare = name] = name.split("/");
  const htmlUrl = `https://github.com/${name}`;
  return {
    repoId,
    name,
    defaultBranch: "main",
    private: false,
    archived: true,
    deleted: false,
    updatedAt: LONG_AGO,
    arrival,
    snapshot: { id: repoId, name: bare, full_name: name, owner: { login: owner }, html_url: htmlUrl },
    authoritative: false,
    names: [name],
  };
}

/** A branch. One that a scraped repository does not have was deleted at GitHub. */
export function branchRow({ name, author }: ImportedRow<"branches">, repo: ImportedRepo): ImportedBranch {
  return { repoId: repo.repoId, name, author, deleted: !repo.isImported, version: LONG_AGO };
}

/** A commit, told as a run would tell of it: it only fills a gap. */
export function commitFact(row: ImportedRow<"commits">, { repoId }: ImportedRepo, arrival: string): CommitFact {
  const forced = row.forced === null ? null : row.forced !== "0";
  const { hash, author, authorurl, message, time } = row;
  return { repoId, sha: hash, author, authorUrl: authorurl, message, time, forced, origin: 0, arrival };
}

/** A workflow whose file is gone from GitHub. Its address tells its id or its file, where the original kept one. */
export function workflowFact(
  { name, url }: Pick<ImportedRow<"workflows">, "name" | "url">,
  { repoId }: ImportedRepo,
  arrival: string,
): WorkflowFact {
  const told = Number(/\/actions\/workflows\/(\d{1,15})$/.exec(url ?? "")?.[1] ?? 0);
  const workflowId = told > 0 ? told : importedId("workflow", String(repoId), name);
  const path = /\/(\.github\/workflows\/[^?#]+)$/.exec(url ?? "")?.[1] ?? null;
  const snapshot = { id: workflowId, name, path, state: "deleted", html_url: url };
  return { workflowId, repoId, name, path, state: "deleted", url, updatedAt: LONG_AGO, arrival, snapshot };
}

/**
 * A run as its only attempt. The original keeps the wait for a runner apart from the start, and no time of the last change;
 * an unfinished run has none but its creation, by which it counts as stuck (contract sections 4 and 6). Undefined without any time.
 */
export function attemptFact(
  row: ImportedRow<"workflowruns">,
  repo: ImportedRepo & { name: string },
  workflow: Pick<ImportedWorkflow, "workflowId" | "path"> | undefined,
  arrival: string,
): AttemptFact | undefined {
  const createdAt = row.createtime ?? row.starttime ?? row.endtime;
  if (createdAt === null) return undefined;
  const isCompleted = row.conclusion !== null || row.status === "completed";
  const status = isCompleted ? "completed" : (row.status ?? "queued");
  const waitedUntil = new Date(Date.parse(createdAt) + Math.min(row.queuetime, MAX_WAIT_SECONDS) * 1_000).toISOString();
  const runStartedAt = [createdAt, row.starttime ?? createdAt, waitedUntil].toSorted().at(-1) ?? createdAt;
  const updatedAt = isCompleted ? (row.endtime ?? runStartedAt) : createdAt;
  const owned = { id: repo.repoId, full_name: repo.name };
  return {
    runId: row.gitid,
    attempt: 1,
    repoId: repo.repoId,
    status,
    conclusion: row.conclusion,
    rank: isCompleted ? COMPLETED : status === "in_progress" ? 1 : 0,
    createdAt,
    runStartedAt,
    updatedAt,
    arrival,
    snapshot: {
      id: row.gitid,
      name: row.workflowname,
      run_attempt: 1,
      status,
      conclusion: row.conclusion,
      workflow_id: workflow?.workflowId ?? null,
      path: workflow?.path ?? null,
      head_branch: row.branchname,
      head_sha: row.commithash,
      html_url: row.url ?? `https://github.com/${repo.name}/actions/runs/${row.gitid}`,
      url: `https://api.github.com/repos/${repo.name}/actions/runs/${row.gitid}`,
      created_at: seconds(createdAt),
      run_started_at: seconds(runStartedAt),
      updated_at: seconds(updatedAt),
      actor: row.author === null ? null : { login: row.author },
      repository: owned,
      head_repository: owned,
    },
  };
}

/** A wait beyond that is a fault of the original. */
const MAX_WAIT_SECONDS = 366 * 86_400;
const COMPLETED = 2;
const seconds = (instant: string) => instant.replace(/\.\d+Z$/, "Z");
