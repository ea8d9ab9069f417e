import { Buffer } from "node:buffer";
import * as z from "zod";
import type { Stack } from "../../../dev/stack.ts";
import type { Ask } from "../asks.ts";
import type { Target } from "../load.ts";

const Given = z.object({
  url: z.url(),
  hash: z.string().describe("the commit's; a new one for each measurement"),
  distinct: z.int().positive().describe("outputs that are posted again and again"),
});

/** Posts of finished outputs with 20 metrics to one batch, as `qa run` sends them. */
export function postedOutputs(stack: Stack, commit: { hash: string; distinct: number }): Target {
  const given = { url: `${stack.edgeUrl}/qaboard/api/v1/output/`, ...commit };
  return { kind: "deliver", maker: import.meta.filename, given } satisfies Target & { given: z.infer<typeof Given> };
}

/** The requests; called by the load generator's process. */
export function asksOf(given: unknown): Ask[] {
  const { url, hash, distinct } = Given.parse(given);
  return Array.from({ length: distinct }, (_, i) => {
    const body = Buffer.from(JSON.stringify(outputOf(hash, i)));
    return { url, headers: { "content-type": "application/json", "content-length": body.byteLength }, body };
  });
}

function outputOf(hash: string, i: number) {
  const folder = `/mnt/qaboard/bench/posts/${hash.slice(0, 2)}/${hash.slice(2, 16)}`;
  return {
    git_commit_sha: hash,
    project: "bench/posts",
    project_root: "bench/posts",
    qaboard_config: { project: { name: "bench/posts" }, text: "configuration ".repeat(100) },
    commit_branch: "master",
    commit_message: "A message",
    commit_committer_name: "Ada",
    commit_authored_datetime: "2026-03-05T10:00:00Z",
    commit_parents: [],
    batch_label: "default",
    job_type: "ci",
    user: "ada",
    platform: "linux",
    input_type: "image",
    database: "/data/posts",
    input_path: `${i}.jpg`,
    configurations: ["base", { gain: 2 }],
    extra_parameters: {},
    artifacts_commit: folder,
    output_directory: `${folder}/output/${i}`,
    metrics: Object.fromEntries(Array.from({ length: 20 }, (_, m) => [`metric_${m}`, (i * m) / 7])),
  };
}
