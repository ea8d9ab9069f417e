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

/** Whether a text of a submission names something: it is refused rather than changed (docs/sources/kernelci.md, *Characters*). */
export function isKernelciName(pointer: string): boolean {
  const [list, index, ...path] = pointer.split("/").slice(1);
  if (list === undefined || index === undefined) return true;
  const [field = "", ...below] = path[0] === "environment" ? path.slice(1) : path;
  if (!FREE.has(field)) return true;
  return field === "misc" && below.length === 1 && PLACES.has(below[0] ?? "");
}
