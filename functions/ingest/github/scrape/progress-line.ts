import type { DueScrape } from "../../../../db/queries/github/scrape.ts";

const SHOWN = ["branches", "commits", "workflows", "runs", "attempts", "jobs"] as const;

/** One line on how far a scrape is. */
export function progressLine(scrape: DueScrape): string {
  const { repo, counts, requests, waitSeconds, lastError, state } = scrape;
  const read = SHOWN.filter((name) => counts[name] > 0).map((name) => `${counts[name]} ${name}`);
  const line = `${repo}: ${read.join(", ") || (state === "done" ? "nothing new" : "nothing read yet")} (${requests} requests)`;
  if (state === "failed") return `${line}\nFailed: ${lastError}`;
  if (waitSeconds < 1) return line;
  return `${line}; waiting ${Math.ceil(waitSeconds)} s${lastError === null ? "" : `: ${lastError}`}`;
}
