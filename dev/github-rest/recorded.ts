import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as z from "zod";

/** Where the recorded answers of GitHub's REST API are. */
export const RECORDED = join(import.meta.dirname, "../../test/conformance/recordings/github/rest");

const Thing = z.looseObject({});
/** An object as GitHub sent it. */
export type Thing = z.infer<typeof Thing>;
const Repo = z.looseObject({
  id: z.number(),
  full_name: z.string(),
  default_branch: z.string(),
  pushed_at: z.string(),
});
const Run = z.looseObject({ id: z.number(), run_attempt: z.number(), status: z.string(), workflow_id: z.number() });
const Job = z.looseObject({ id: z.number(), run_attempt: z.number(), status: z.string() });
const Delivery = z.looseObject({ id: z.number(), guid: z.string() });

/** All that the stand-in knows of one repository; lists are newest first where GitHub's are. */
export type RecordedRepository = ReturnType<typeof readRepository>;

/** Every recorded repository below a folder (`<owner>/<name>/*.json`). */
export function readRecorded(folder = RECORDED): RecordedRepository[] {
  const owners = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return owners.flatMap(({ name }) =>
    readdirSync(join(folder, name)).map((repository) => readRepository(join(folder, name, repository))),
  );
}

function readRepository(folder: string) {
  const read = <T>(file: string, schema: z.ZodType<T>): T => schema.parse(readJson(join(folder, file)));
  return {
    repo: read("repo.json", Repo),
    branches: read("branches.json", z.array(z.looseObject({ name: z.string() }))),
    commits: read("commits.json", z.array(z.looseObject({ sha: z.string() }))),
    workflows: read("workflows.json", z.array(z.looseObject({ id: z.number() }))),
    runs: read("runs.json", z.array(Run)),
    /** Earlier attempts, by `<run id>/<attempt>`. */
    attempts: read("attempts.json", z.record(z.string(), Run)),
    /** Jobs of every attempt, by run id. */
    jobs: read("jobs.json", z.record(z.string(), z.array(Job))),
    deliveries: existsSync(join(folder, "hook_deliveries.json")) ? read("hook_deliveries.json", z.array(Delivery)) : [],
  };
}

function readJson(file: string): unknown {
  return JSON.parse(existsSync(file) ? readFileSync(file, "utf8") : gunzipSync(readFileSync(`${file}.gz`)).toString());
}
