import type { Place } from "../../json-text/walk.ts";

/** Members that name or identify something in GitHub's payloads, wherever they stand. */
const NAMES = new Set([
  ...["id", "node_id", "sha", "ref", "before", "after", "base_ref", "ref_type", "head_sha", "head_branch"],
  ...[
    "default_branch",
    "name",
    "full_name",
    "login",
    "path",
    "status",
    "conclusion",
    "event",
    "created_at",
    "updated_at",
  ],
]);

/** People's names and the steps of jobs are text that nothing is found by. */
const FREE = new Set(["author", "committer", "pusher", "steps"]);

/** Whether a text of a payload names something: it is refused rather than changed (docs/sources/github.md, *Characters, numbers and size*). */
export function isGithubName(place: Place): boolean {
  const last = place.depth - 1;
  if (!NAMES.has(place.step(last))) return false;
  // Of a step of a job, an index stands in between.
  return !FREE.has(place.step(last - 1)) && !FREE.has(place.step(last - 2));
}
