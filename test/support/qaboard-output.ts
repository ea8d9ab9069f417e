import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import * as z from "zod";

const { edgeUrl } = inject("stack");
const Stored = z.looseObject({ id: z.int() });

/** Asks an address below /qaboard/api/v1 with a JSON body. */
export async function ask(method: string, path: string, body?: unknown, base = edgeUrl): Promise<Response> {
  return await fetch(`${base}/qaboard/api/v1/${path}`, {
    method,
    redirect: "manual",
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
}

/** A project of the test's own with a commit, whose artifacts are in a folder of the test's own. */
export function freshCommit() {
  const run = randomUUID();
  const hash = run.replaceAll("-", "").padEnd(40, "0");
  const project = `tests/${run}`;
  const artifacts = `/mnt/qaboard/${project}/${hash.slice(0, 2)}/${hash.slice(2, 16)}`;
  return { run, hash, project, artifacts };
}

/** Posts an output of such a commit and gives its id and folder. */
export async function postOutput(
  { hash, project, artifacts, run }: ReturnType<typeof freshCommit>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<{ id: number; folder: string }> {
  const folder = `${artifacts}/output/${randomUUID()}`;
  const answer = await ask("POST", "output/", {
    git_commit_sha: hash,
    project,
    project_root: project,
    qaboard_config: {
      project: { name: project },
      storage: "/mnt/qaboard",
      inputs: { database: `/mnt/qaboard/database/${run}`, batches: ["qa/batches.yaml"] },
    },
    commit_branch: "master",
    commit_authored_datetime: "2026-03-05T10:00:00+00:00",
    input_path: "a.jpg",
    database: `/mnt/qaboard/database/${run}`,
    batch_label: "default",
    job_type: "ci",
    platform: "linux",
    configurations: [],
    extra_parameters: {},
    user: "ada",
    artifacts_commit: artifacts,
    output_directory: folder,
    metrics: { is_failed: false, loss: 1 },
    ...more,
  });
  return { id: Stored.parse(await answer.json()).id, folder };
}
