import { inject } from "vitest";
import * as z from "zod";

/** A name nobody else has. */
export const fresh = (prefix: string) => `${prefix}-${crypto.randomUUID().slice(0, 13)}`;

export type Asked = {
  json?: unknown;
  /** Sent as it is, in place of `json`. */
  body?: string;
  headers?: Record<string, string>;
  /** Root of the API, when it is not the shared stack's. */
  base?: string;
};
export type Answered = { status: number; json: unknown; text: string; headers: Headers };

/** Asks the QA-Board API below /api/v1; redirects are not followed. */
export async function ask(method: string, path: string, asked: Asked = {}): Promise<Answered> {
  const { json: sent, body = sent === undefined ? undefined : JSON.stringify(sent), headers, base } = asked;
  const answer = await fetch(`${base ?? `${inject("stack").edgeUrl}/qaboard`}/api/v1${path}`, {
    method,
    redirect: "manual",
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  return { status: answer.status, json: parsed(text), text, headers: answer.headers };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A project of a test's own, with a commit whose hash nobody else has. */
export function freshProject() {
  const project = fresh("made/project");
  const hash = crypto.randomUUID().replaceAll("-", "").padEnd(40, "0");
  return { project, hash, folder: `/mnt/qaboard/${project}/${hash.slice(0, 2)}/${hash.slice(2, 16)}` };
}
export type Place = ReturnType<typeof freshProject>;

/** Members of a body that say which commit it speaks of. */
export function commitBody({ project, hash }: Place, change: object = {}) {
  return {
    git_commit_sha: hash,
    commit_sha: hash,
    project,
    project_root: project,
    commit_branch: "master",
    commit_message: "A message",
    commit_committer_name: "Grace Fixture",
    commit_authored_datetime: "2026-03-05T10:00:00+00:00",
    commit_parents: [],
    qaboard_config: { project: { name: project, reference_branch: "master" }, storage: "/mnt/qaboard" },
    qaboard_metrics: { available_metrics: { loss: { label: "Loss" } }, main_metrics: ["loss"] },
    ...change,
  };
}

/** Body of the post of a finished result. */
export function outputBody(place: Place, change: object = {}) {
  return {
    ...commitBody(place),
    job_type: "ci",
    user: "ada",
    artifacts_commit: place.folder,
    batch_label: "default",
    platform: "linux",
    input_type: "image",
    database: "/data/made",
    input_path: "a.jpg",
    configurations: [],
    extra_parameters: {},
    output_directory: `${place.folder}/output/a`,
    metrics: { is_failed: false, loss: 1.5 },
    ...change,
  };
}

const WithId = z.looseObject({ id: z.int() });

/** Posts a result and gives its id. */
export async function posted(place: Place, change: object = {}): Promise<number> {
  const answer = await ask("POST", "/output/", { json: outputBody(place, change) });
  if (answer.status !== 200) throw new Error(`not stored: ${answer.status} ${answer.text}`);
  return WithId.parse(answer.json).id;
}

/** Posts a batch and gives its id. */
export async function postedBatch(place: Place, change: object = {}): Promise<number> {
  const answer = await ask("POST", "/batch/", { json: commitBody(place, { batch_label: "default", ...change }) });
  if (answer.status !== 200) throw new Error(`not stored: ${answer.status} ${answer.text}`);
  return WithId.parse(answer.json).id;
}

const Counters = {
  valid_outputs: z.int(),
  pending_outputs: z.int(),
  running_outputs: z.int(),
  failed_outputs: z.int(),
  deleted_outputs: z.int(),
};
const ReadCommit = z.looseObject({
  id: z.string(),
  batches: z.record(
    z.string(),
    z.looseObject({
      id: z.int(),
      ...Counters,
      data: z.looseObject({}),
      batch_dir_url: z.string(),
      aggregated_metrics: z.looseObject({}),
      outputs: z.record(z.string(), z.looseObject({ id: z.int(), test_input_path: z.string() })),
    }),
  ),
});

/** A commit with its batches and outputs. */
export async function commitOf({ project, hash }: Pick<Place, "project" | "hash">, query: Record<string, string> = {}) {
  const answer = await ask("GET", `/commit/${hash}?${new URLSearchParams({ project, ...query })}`);
  if (answer.status !== 200) throw new Error(`no commit: ${answer.status} ${answer.text}`);
  return ReadCommit.parse(answer.json);
}

/** Counters of a batch: valid, pending, running, failed, deleted. */
export async function countersOf(place: Place, label = "default"): Promise<number[]> {
  const batch = (await commitOf(place)).batches[label];
  if (batch === undefined) throw new Error(`no batch ${label}`);
  const { valid_outputs, pending_outputs, running_outputs, failed_outputs, deleted_outputs } = batch;
  return [valid_outputs, pending_outputs, running_outputs, failed_outputs, deleted_outputs];
}
