import type { Config } from "../../config.ts";
import { log } from "../../http/log.ts";
import { allowedFetch } from "./allowed-fetch.ts";
import { findLoginForm } from "./login-form.ts";

/** What is shown with a session: whoever may read here could read all else that its user may. */
function isShown(path: string): boolean {
  const isBadge = path.includes("/badges/") && BADGES.some((name) => path.endsWith(`/${name}.svg`));
  const isFile = path.includes("/raw/") || path.includes("/blob/");
  return path.startsWith(AVATARS) || (isBadge && !isFile);
}
const BADGES = ["pipeline", "coverage"];
const AVATARS = "/uploads/-/system/";
/** GitLab's sessions last longer, and login pages should not be asked for each badge. */
const KEPT_MS = 30 * 60_000;
const KEPT_FAILURE_MS = 60_000;
const COOKIE = "_gitlab_session";

type Credentials = Config["QABOARD_GITLAB_AUTH"][string];
type Session = { cookie: string | undefined; until: number };

const sessions = new WeakMap<Config, Map<string, Session>>();

/** The cookie that a badge or avatar of a GitLab is asked with; undefined when none is set for its host (contract section 11). */
export async function gitlabSession(url: string, config: Config): Promise<string | undefined> {
  if (!URL.canParse(url)) return undefined;
  const { origin, host, pathname } = new URL(url);
  const { QABOARD_GITLAB_AUTH: known } = config;
  const credentials = Object.hasOwn(known, host) ? known[host] : undefined;
  if (credentials === undefined || !isShown(pathname)) return undefined;
  const kept = sessions.get(config) ?? new Map<string, Session>();
  sessions.set(config, kept);
  const before = kept.get(origin);
  if (before !== undefined && before.until > Date.now()) return before.cookie;
  // Not shared while it is under way: in a Worker no request may wait for what another one began.
  const cookie = await logIn(origin, credentials, config);
  kept.set(origin, { cookie, until: Date.now() + (cookie === undefined ? KEPT_FAILURE_MS : KEPT_MS) });
  return cookie;
}

/** Logs in by the form that people use, since GitLab gives badges to sessions alone. */
async function logIn(
  origin: string,
  { user, password, type }: Credentials,
  config: Config,
): Promise<string | undefined> {
  try {
    const page = await allowedFetch({ url: `${origin}/users/sign_in`, method: "GET", headers: new Headers() }, config);
    const before = sessionCookie(page.headers);
    const form = findLoginForm(new TextDecoder().decode(page.body), type);
    if (form === undefined || before === undefined) throw new Error("there is no login form");
    const names = type === "user" ? ["user[login]", "user[password]"] : ["username", "password"];
    const body = new URLSearchParams([
      ["authenticity_token", form.token],
      [names[0] ?? "", user],
      [names[1] ?? "", password],
    ]).toString();
    const headers = new Headers({ "content-type": "application/x-www-form-urlencoded", cookie: before });
    const answer = await allowedFetch({ url: `${origin}${form.action}`, method: "POST", headers, body }, config);
    const cookie = sessionCookie(answer.headers);
    // A refused login shows the form again; a good one leads on.
    if (answer.status !== 302 || cookie === undefined) throw new Error(`the login was answered ${answer.status}`);
    return cookie;
  } catch (error) {
    log("no session of GitLab", { host: new URL(origin).host, reason: error instanceof Error ? error.message : "" });
    return undefined;
  }
}

function sessionCookie(headers: Headers): string | undefined {
  const set = headers.getSetCookie().find((one) => one.startsWith(`${COOKIE}=`));
  return set?.split(";", 1)[0];
}
