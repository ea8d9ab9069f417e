import type { Place } from "../../json-text/walk.ts";

/** Members of objects that hold free text or free JSON, in every version of the format. */
const FREE = new Set([
  "comment",
  "description",
  "log_excerpt",
  "git_commit_message",
  "report_subject",
  "command",
  "misc",
]);

/** Members of free JSON that name a place where something ran. */
const PLACES = new Set(["lab", "runtime", "platform"]);

/** Whether a text of a submission names something: it is refused rather than changed (docs/sources/kernelci.md, *Submit*). */
export function isKernelciName(place: Place): boolean {
  // A list, an index, then the field of the object.
  if (place.depth < 2) return true;
  const at = place.step(2) === "environment" ? 3 : 2;
  if (!FREE.has(place.step(at))) return true;
  return place.step(at) === "misc" && place.depth === at + 2 && PLACES.has(place.step(at + 1));
}
