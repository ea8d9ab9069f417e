import { createAppAuth } from "@octokit/auth-app";
import * as z from "zod";
import type { GithubId } from "../../../../db/schema/github-id.ts";
import type { Config } from "../../config.ts";
import { Client, type GithubApi, githubApi } from "./api.ts";
import { outboundFetch } from "./outbound-fetch.ts";
import { GithubRefusal, nonsense } from "./refusal.ts";

const TIMEOUT_MS = 8_000;
/** A hiccup is asked past once, at once; whatever lasts longer or is a limit is waited for by a message. */
const RETRY = { retries: 1, retryAfterBaseValue: 250, doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451] };
const MOST_BYTES = 32 * 1024 * 1024;
const Installation = z.looseObject({ id: z.int() });

/** Ways into GitHub: by the token of the settings, else as the app of the settings, else as anybody. */
export interface GithubAccess {
  /** The API as it may be used for a repository, by its name (`owner/name`) or id. Throws GithubRefusal. */
  forRepository(repo: string | GithubId): Promise<GithubApi>;
  /** The API as it may be used for an organisation. Throws GithubRefusal. */
  forOrganisation(name: string): Promise<GithubApi>;
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
  const send = outboundFetch({ hosts, timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES });
  const shared = { baseUrl, request: { fetch: send }, log: quiet, userAgent: "runledger", retry: RETRY };
  const open = (auth: object) => {
    return githubApi(new Client({ ...shared, ...auth }), send);
  };

  if (appId === undefined || privateKey === undefined) {
    const isHalf = appId !== undefined || privateKey !== undefined;
    if (token === undefined && isHalf) return halfAnApp();
    const api = open(token === undefined ? {} : { auth: token });
    return {
      isSignedIn: token !== undefined,
      asApp: undefined,
      forRepository: async () => api,
      forOrganisation: async () => api,
    };
  }
  const as = (installationId?: number) => {
    const auth = installationId === undefined ? { appId, privateKey } : { appId, privateKey, installationId };
    return open({ authStrategy: createAppAuth, auth });
  };
  const asApp = as();
  const byToken = token === undefined ? undefined : open({ auth: token });
  const installations = new Map<string, Promise<GithubApi>>();
  // auth-app signs look-ups by name only.
  const signed = async () => open({ auth: (await createAppAuth({ appId, privateKey })({ type: "app" })).token });
  const below = async (path: string) => {
    if (byToken !== undefined) return byToken;
    const asker = path.startsWith("/repositories/") ? signed() : asApp;
    const known = installations.get(path) ?? installedOn(path, await asker).then(as);
    installations.set(path, known);
    // What failed may work the next time.
    known.catch(() => installations.delete(path));
    return await known;
  };
  return {
    isSignedIn: true,
    asApp,
    forRepository: (repo) => below(repositoryPath(repo)),
    forOrganisation: (name) => below(`/orgs/${name}`),
  };
}

/** Where a repository is below the API's base: its name may change, its id never does. */
export function repositoryPath(repo: string | GithubId): string {
  return typeof repo === "string" ? `/repos/${repo}` : `/repositories/${repo}`;
}

/** One half of the app's settings is missing. */
function halfAnApp(): GithubAccess {
  const problem = "GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY belong together";
  const refuse = () => Promise.reject(new GithubRefusal({ is: "refused" }, problem));
  return { isSignedIn: false, asApp: undefined, forRepository: refuse, forOrganisation: refuse };
}

async function installedOn(path: string, app: GithubApi): Promise<number> {
  const kind = path.startsWith("/orgs/") ? "organisation" : "repository";
  const name = path.replace(/^\/(?:repos|orgs)\//, "");
  try {
    const answer = await app.get(`${path}/installation`);
    const parsed = Installation.safeParse(answer.value);
    if (parsed.success) return parsed.data.id;
    throw nonsense("the answer names no installation");
  } catch (error) {
    if (error instanceof GithubRefusal && error.why.is === "absent")
      throw new GithubRefusal(error.why, `the app is not installed on ${name}, or the ${kind} does not exist`);
    throw error;
  }
}
