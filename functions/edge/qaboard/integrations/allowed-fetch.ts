import { AnswerTooLarge, type OutboundAnswer, OutboundError, outbound } from "../../../outside/outbound.ts";
import type { Config } from "../../config.ts";
import { ApiError } from "../http/errors.ts";
import { isReachable } from "./address.ts";

const LIMITS = { timeoutMs: 10_000, maxBytes: 5 * 1024 * 1024 };
const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
/** Meant for one host: they do not follow a redirect to another. */
const CREDENTIALS = ["authorization", "cookie", "private-token", "jenkins-crumb"];

export type Asked = { url: string; method: string; headers: Headers; body?: string };
type Settings = Pick<
  Config,
  | "QABOARD_OUTBOUND_HOSTS"
  | "QABOARD_GITLAB_TOKENS"
  | "QABOARD_GITLAB_AUTH"
  | "QABOARD_JENKINS_AUTH"
  | "QABOARD_GIT_URL"
>;

/**
 * Asks a host of the allow-list; GET and HEAD follow at most five redirects, each within the list. Throws ApiError: 400 for
 * no URL, 403 for a host or address that may not be asked, 502 when no answer comes.
 */
export async function allowedFetch(asked: Asked, settings: Settings): Promise<OutboundAnswer> {
  const hosts = allowedHosts(settings);
  const headers = new Headers(asked.headers);
  let url = parseTarget(asked.url);
  for (let redirects = 0; ; redirects += 1) {
    if (!hosts.includes(url.host) || !(await isReachable(url.hostname)))
      throw new ApiError(403, `The host ${url.host} is not one that may be asked.`);
    const answer = await answerOf({ ...asked, url: url.href, headers }, hosts);
    const location = answer.headers.get("location");
    const mayFollow = asked.method === "GET" || asked.method === "HEAD";
    if (!mayFollow || location === null || !REDIRECTS.includes(answer.status)) return answer;
    if (redirects === MAX_REDIRECTS) throw new ApiError(502, `There were more than ${MAX_REDIRECTS} redirects.`);
    const next = parseTarget(location, url);
    if (next.origin !== url.origin) for (const name of CREDENTIALS) headers.delete(name);
    url = next;
  }
}

/** Hosts of the settings, written as URLs write them. */
export function allowedHosts(settings: Settings): string[] {
  const { QABOARD_OUTBOUND_HOSTS: listed, QABOARD_GIT_URL: gitUrl } = settings;
  const withCredentials = [settings.QABOARD_GITLAB_TOKENS, settings.QABOARD_GITLAB_AUTH, settings.QABOARD_JENKINS_AUTH];
  const git = gitUrl === undefined ? [] : [new URL(gitUrl).host];
  return [...listed, ...withCredentials.flatMap(Object.keys), ...git].map((host) => host.toLowerCase());
}

function parseTarget(text: string, base?: URL): URL {
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    throw new ApiError(400, "The URL is not one of http or https.");
  if (url.username !== "" || url.password !== "") throw new ApiError(400, "The URL holds credentials.");
  return url;
}

async function answerOf(asked: Asked, hosts: readonly string[]): Promise<OutboundAnswer> {
  try {
    return await outbound(asked, { hosts, ...LIMITS });
  } catch (error) {
    if (error instanceof AnswerTooLarge) throw new ApiError(502, `The answer is larger than ${LIMITS.maxBytes} bytes.`);
    if (error instanceof OutboundError) throw new ApiError(502, "The host does not answer.");
    throw error;
  }
}
