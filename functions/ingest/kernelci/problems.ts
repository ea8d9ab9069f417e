import type * as z from "zod";
import type { Found } from "./check.ts";

const MOST_PROBLEMS = 100;
/** Within what a refusal's row keeps of its reason. */
const MOST_CHARACTERS = 3_900;

/** All that is wrong with a document, each as JSON pointer and message; cut where there is too much. */
export function problemsOf({ issues, whole }: Found): string {
  const count = issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
  let text = "";
  let listed = 0;
  for (const problem of eachProblem(issues)) {
    const next = listed === 0 ? problem : `${text}; ${problem}`;
    if (listed === MOST_PROBLEMS || next.length > MOST_CHARACTERS)
      return `${text.slice(0, MOST_CHARACTERS)}; and ${whole ? "" : "at least "}${count - listed} more`;
    text = next;
    listed += 1;
  }
  return text;
}

function* eachProblem(issues: readonly z.core.$ZodIssue[]): Generator<string> {
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") yield told(issue);
    else for (const key of issue.keys) yield `${pointer([...issue.path, key])}: is not a known property`;
  }
}

function told(issue: z.core.$ZodIssue): string {
  const isMissing = issue.code === "invalid_type" && issue.input === undefined;
  return `${pointer(issue.path)}: ${isMissing ? "is required" : issue.message}`;
}

/** RFC 6901; a key that is very long is cut. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
