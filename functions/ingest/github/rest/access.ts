import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import * as z from "zod";
import type { Config } from "../../config.ts";
import { type GithubApi, githubApi } from "./api.ts";
import { outboundFetch } from "./outbound-fetch.ts";
import { GithubRefusal, nonsense } from "./refusal.ts";

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 32 * 1024 * 1024;
const Installation = z.looseObject({ id: z.int() });

/** Ways into GitHub: by the token of the settings, else as the app of the settings, else as anybody. */
export interface GithubAccess {
  /** The API as it may be used for a repository (`owner/name`). Throws GithubRefusal. */
  forRepository(repo: string): Promise<GithubApi>;
  /** Whether GitHub is asked as somebody: only then is it asked without a person's wish. */
  isSignedIn: boolean;
  /** The API as the app itself; undefined when the settings name none. */
  asApp: GithubApi | undefined;
}

/** What of the settings decides how GitHub is reached. */
export type GithubSettings = Pick<Config, "GITHUB_API_URL"> &
  Partial<Pick<Config, "GITHUB_TOKEN" | "GITHUB_APP_ID" | "GITHUB_APP_PRIVATE_KEY">>;

/** Opens GitHub's API; nothing is asked before it is used. */
export function githubAccess(settings: GithubSettings): GithubAccess {
  const { GITHUB_API_URL: baseUrl, GITHUB_TOKEN: token, GITHUB_APP_ID: appId } = settings;
  const privateKey = settings.GITHUB_APP_PRIVATE_KEY?.replaceAll("\\n", "\n");
  const hosts = [new URL(baseUrl).host];
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const request = { fetch: outboundFetch({ hosts, timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES }) };
  const shared = { baseUrl, request, log: quiet, userAgent: "runledger" };

  if (appId === undefined || privateKey === undefined) {
    const isHalf = appId !== undefined || privateKey !== undefined;
    if (token === undefined && isHalf) return halfAnApp();
    const api = githubApi(new Octokit(token === undefined ? shared : { ...shared, auth: token }));
    return { isSignedIn: token !== undefined, asApp: undefined, forRepository: async () => api };
  }
  const as = (installationId?: number) => {
    const auth = installationId === undefined ? { appId, privateKey } : { appId, privateKey, installationId };
    return githubApi(new Octokit({ ...shared, authStrategy: createAppAuth, auth }));
  };
  const asApp = as();
  const byToken = token === undefined ? undefined : githubApi(new Octokit({ ...shared, auth: token }));
  const installations = new Map<string, Promise<GithubApi>>();
  return {
    isSignedIn: true,
    asApp,
    async forRepository(repo) {
      if (byToken !== undefined) return byToken;
      const known = installations.get(repo) ?? installedOn(repo, asApp).then(as);
      installations.set(repo, known);
      // What failed may work the next time.
      known.catch(() => installations.delete(repo));
      return await known;
    },
  };
}

/** One half of the app's settings is missing. */
function halfAnApp(): GithubAccess {
  const problem = "GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY belong together";
  return {
    isSignedIn: false,
    asApp: undefined,
    forRepository: () => Promise.reject(new GithubRefusal({ is: "refused" }, problem)),
  };
}

async function installedOn(repo: string, app: GithubApi): Promise<number> {
  try {
    const answer = await app.get(`/repos/${repo}/installation`);
    const parsed = Installation.safeParse(answer === "unchanged" ? undefined : answer.value);
    if (parsed.success) return parsed.data.id;
    throw nonsense("the answer names no installation");
  } catch (error) {
    if (error instanceof GithubRefusal && error.why.is === "absent")
      throw new GithubRefusal(error.why, `the app is not installed on ${repo}, or the repository does not exist`);
    throw error;
  }
}
