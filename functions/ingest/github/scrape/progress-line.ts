import type { DueScrape } from "../../../../db/queries/github/scrape.ts";

const SHOWN = ["branches", "commits", "workflows", "runs", "attempts", "jobs", "skipped"] as const;

/** Elements that are named at most. */
const SHOWN_SKIPS = 20;

/** One line on how far a scrape is; at its end further ones on what it could not read. */
export function progressLine(scrape: DueScrape): string {
  const { repo, counts, requests, waitSeconds, lastError, state } = scrape;
  const read = SHOWN.filter((name) => counts[name] > 0).map((name) => `${counts[name]} ${name}`);
  const line = `${repo}: ${read.join(", ") || (state === "done" ? "nothing new" : "nothing read yet")} (${requests} requests)`;
  const missing = [
    ...scrape.problems.filter(({ refused }) => !refused).map(({ step, reason }) => `\nIncomplete: ${step}: ${reason}`),
    ...scrape.skips.slice(0, SHOWN_SKIPS).map(({ kind, id, reason }) => `\nSkipped: ${kind} ${id ?? ""}: ${reason}`),
  ].join("");
  if (state === "failed") return `${line}${missing}\nFailed: ${lastError}`;
  if (state === "done") return `${line}${missing}`;
  if (waitSeconds < 1) return line;
  return `${line}; waiting ${Math.ceil(waitSeconds)} s${lastError === null ? "" : `: ${lastError}`}`;
}
