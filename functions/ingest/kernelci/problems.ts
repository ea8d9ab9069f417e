import type * as z from "zod";

const MOST_PROBLEMS = 100;
/** Within what a refusal's row keeps of its reason. */
const MOST_CHARACTERS = 3_900;

/** All that is wrong with a document, each as JSON pointer and message; cut where there is too much. */
export function problemsOf(issues: readonly z.core.$ZodIssue[]): string {
  const problems = issues.flatMap(told);
  let text = "";
  for (const [i, problem] of problems.entries()) {
    const next = i === 0 ? problem : `${text}; ${problem}`;
    if (i === MOST_PROBLEMS || next.length > MOST_CHARACTERS)
      return `${text.slice(0, MOST_CHARACTERS)}; and ${problems.length - i} more`;
    text = next;
  }
  return text;
}

function told(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `${pointer([...issue.path, key])}: is not a known property`);
  if (issue.code === "invalid_type" && issue.input === undefined) return [`${pointer(issue.path)}: is required`];
  return [`${pointer(issue.path)}: ${issue.message}`];
}

/** RFC 6901; a key that is very long is cut. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
