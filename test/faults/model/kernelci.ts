import type { Delivery } from "../story.ts";
import type { Row } from "./rows.ts";

/*
 * What the tables of objects hold after the submissions of a fault, by the KernelCI contract (part 02) and from nothing of the
 * product. No object is said twice in different words; roll-ups are recounted from the objects (kernelci/counts.ts).
 */

type Sent = Readonly<Record<string, unknown>>;

const LISTS = ["checkouts", "builds", "tests", "issues", "incidents"] as const;
const isObject = (value: unknown): value is Sent => typeof value === "object" && value !== null;

/** The rows of every table of objects. */
export function modelKernelci(load: readonly Delivery[]): Record<string, Row[]> {
  const objects = Object.fromEntries(LISTS.map((list) => [list, new Map<unknown, Row>()]));
  for (const { body } of load) {
    const document: unknown = JSON.parse(body);
    for (const list of LISTS) {
      const sent: unknown = isObject(document) ? document[list] : undefined;
      for (const one of Array.isArray(sent) ? sent.filter(isObject) : []) objects[list]?.set(one.id, ROWS[list](one));
    }
  }
  return Object.fromEntries(Object.entries(objects).map(([list, rows]) => [list, [...rows.values()]]));
}

const ROWS: Readonly<Record<(typeof LISTS)[number], (sent: Sent) => Row>> = {
  checkouts: ({ id, origin, tree_name, git_repository_url, git_repository_branch, git_commit_hash, start_time }) => ({
    ...{ id, origin, tree_name, git_repository_url, git_repository_branch, git_commit_hash, start_time },
  }),
  // Where a build ran is its origin, unless it says otherwise (part 02, Labs).
  builds: ({ id, origin, checkout_id, status = null, architecture, config_name, compiler, misc }) => ({
    ...{ id, origin, checkout_id, status, architecture, config_name, compiler },
    misc: { lab: origin, ...(isObject(misc) ? misc : {}) },
  }),
  tests: ({ id, origin, build_id, path, status = null, start_time, duration, environment, misc, log_url }) => ({
    ...{ id, origin, build_id, path, status, start_time, duration, log_url },
    environment_compatible: isObject(environment) ? (environment.compatible ?? null) : null,
    environment_misc: isObject(environment) ? (environment.misc ?? null) : null,
    misc: { runtime: origin, ...(isObject(misc) ? misc : {}) },
  }),
  issues: ({ id, origin, version, report_subject }) => ({ id, origin, version, report_subject }),
  incidents: ({ id, origin, issue_id, issue_version, test_id, present }) => ({
    ...{ id, origin, issue_id, issue_version, test_id, present },
  }),
};
