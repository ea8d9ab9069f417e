import { withoutTrailingSlashes } from "../formats/trailing-slashes.ts";
import type { GitHost } from "./git-host.ts";
import { githubHost } from "./github.ts";
import { gitlabHost } from "./gitlab.ts";

type Settings = {
  QABOARD_GIT_URL?: string | undefined;
  QABOARD_GIT_KIND: "gitlab" | "github";
  QABOARD_GIT_TOKEN?: string | undefined;
};

const opened = new WeakMap<Settings, GitHost>();

/** The Git host of the settings, always the same with what it keeps of answers; undefined while none is set. */
export function openGitHost(settings: Settings): GitHost | undefined {
  const before = opened.get(settings);
  if (before !== undefined) return before;
  const { QABOARD_GIT_URL: url, QABOARD_GIT_KIND: kind, QABOARD_GIT_TOKEN: token } = settings;
  if (url === undefined) return undefined;
  const base = withoutTrailingSlashes(url);
  const host = kind === "github" ? githubHost(base, token) : gitlabHost(base, token);
  opened.set(settings, host);
  return host;
}
