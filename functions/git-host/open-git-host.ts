import type { GitHost } from "./git-host.ts";
import { githubHost } from "./github.ts";
import { gitlabHost } from "./gitlab.ts";

type Settings = {
  QABOARD_GIT_URL?: string | undefined;
  QABOARD_GIT_KIND: "gitlab" | "github";
  QABOARD_GIT_TOKEN?: string | undefined;
};

/** The Git host of the settings, with what it keeps of answers; undefined while none is set. */
export function openGitHost(settings: Settings): GitHost | undefined {
  const { QABOARD_GIT_URL: url, QABOARD_GIT_KIND: kind, QABOARD_GIT_TOKEN: token } = settings;
  if (url === undefined) return undefined;
  const base = url.replace(/(?<!\/)\/+$/, "");
  return kind === "github" ? githubHost(base, token) : gitlabHost(base, token);
}
