import type { Config } from "../config.ts";
import type { Repository } from "./repository.ts";

/** Whether a repository is on the allow-list of the settings, by id or by name; an empty list holds every one. */
export function isWatched(
  { id, full_name }: Pick<Repository, "id" | "full_name">,
  { GITHUB_REPOSITORIES: allowed }: Pick<Config, "GITHUB_REPOSITORIES">,
): boolean {
  return allowed.size === 0 || allowed.has(String(id)) || allowed.has(full_name.toLowerCase());
}
