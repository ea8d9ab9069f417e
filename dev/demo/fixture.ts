import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as z from "zod";

const FIXTURE = join(import.meta.dirname, "../../test/conformance/recordings/github/rest");

/** The repositories of the fixture. */
export const REPOSITORIES = ["iree-org/iree-like", "iree-org/turbine-like"] as const;

const Thing = z.looseObject({});
export type Thing = z.infer<typeof Thing>;
const Branch = z.looseObject({ name: z.string(), commit: z.looseObject({ sha: z.string() }) });
const Commit = z.looseObject({
  sha: z.string(),
  commit: z.looseObject({ message: z.string(), author: z.looseObject({ name: z.string(), date: z.string() }) }),
  author: z.looseObject({ login: z.string() }).nullable(),
});
const Workflow = z.looseObject({ id: z.number() });
const Run = z.looseObject({ id: z.number(), workflow_id: z.number(), status: z.string() });
const Job = z.looseObject({ id: z.number(), status: z.string() });

/** One repository of the fixture, as GitHub's REST API would list it. */
export function readFixture(name: string) {
  const list = <T>(file: string, schema: z.ZodType<T>): T => schema.parse(readJson(join(FIXTURE, name, file)));
  return {
    repository: list("repo.json", z.looseObject({ default_branch: z.string(), pushed_at: z.string() })),
    branches: list("branches.json", z.array(Branch)),
    commits: list("commits.json", z.array(Commit)),
    workflows: list("workflows.json", z.array(Workflow)),
    runs: list("runs.json", z.array(Run)),
    attempts: Object.values(list("attempts.json", z.record(z.string(), Run))),
    jobs: Object.values(list("jobs.json", z.record(z.string(), z.array(Job)))).flat(),
  };
}
export type Fixture = ReturnType<typeof readFixture>;

function readJson(file: string): unknown {
  return JSON.parse(existsSync(file) ? readFileSync(file, "utf8") : gunzipSync(readFileSync(`${file}.gz`)).toString());
}
