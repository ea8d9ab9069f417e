import type { Config } from "../../config.ts";
import { backoffSeconds } from "../../outcome.ts";
import type { GithubRefusal } from "./refusal.ts";

/** Waits in a row after which GitHub is no longer asked: a limit ends within hours, an outage may last for days (here some four). */
const MOST_TRIES = { limited: 10, fault: 400 };
/** GitHub's own limits last no longer than an hour. */
const LONGEST_SECONDS = 3_600;

/** What of the settings decides how long is waited. */
export type PauseSettings = Pick<Config, "RETRY_BASE_SECONDS" | "GITHUB_SECONDARY_WAIT_SECONDS">;

/**
 * Seconds to wait before the same is asked again, after `tries` waits in a row; undefined when it is of no use
 * (contract section 5: as long as GitHub says, else growing).
 */
export function pauseSeconds({ why }: GithubRefusal, tries: number, config: PauseSettings): number | undefined {
  if ((why.is !== "limited" && why.is !== "fault") || tries + 1 >= MOST_TRIES[why.is]) return undefined;
  if (why.seconds !== undefined) return Math.min(LONGEST_SECONDS, Math.max(1, why.seconds));
  if (why.is === "fault") return backoffSeconds(tries + 1, config.RETRY_BASE_SECONDS);
  return Math.min(LONGEST_SECONDS, config.GITHUB_SECONDARY_WAIT_SECONDS * 2 ** tries);
}
