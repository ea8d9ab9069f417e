import { allowedFetch as fetchAllowed, TargetError } from "../../../outside/allowed-fetch.ts";
import { boundedBody } from "../../../outside/bounded-body.ts";
import { AnswerTooLarge, type OutboundAnswer, OutboundError, readBounded } from "../../../outside/outbound.ts";
import type { Config } from "../../config.ts";
import { ApiError } from "../http/errors.ts";

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 5 * 1024 * 1024;
const STATUSES = { url: 400, credentials: 400, host: 403, redirects: 502 } as const;

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
 * Asks a host of the allow-list and reads its answer. Throws ApiError: 400 for no URL, 403 for a host or address that may
 * not be asked, 502 when no answer comes.
 */
export async function allowedFetch(asked: Asked, settings: Settings): Promise<OutboundAnswer> {
  const hosts = allowedHosts(settings);
  const allowance = {
    isListed: ({ host }: URL) => hosts.includes(host),
    addresses: "private",
    timeoutMs: TIMEOUT_MS,
  } as const;
  try {
    const { status, headers, body } = await fetchAllowed(asked, allowance);
    const limits = { maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, idleMs: TIMEOUT_MS };
    return { status, headers, body: await readBounded(body && boundedBody(body, limits), MAX_BYTES) };
  } catch (error) {
    if (error instanceof TargetError) throw new ApiError(STATUSES[error.fault], error.message);
    if (error instanceof AnswerTooLarge) throw new ApiError(502, `The answer is larger than ${MAX_BYTES} bytes.`);
    if (error instanceof OutboundError) throw new ApiError(502, "The host does not answer.");
    throw error;
  }
}

/** Hosts of the settings, written as URLs write them. */
export function allowedHosts(settings: Settings): string[] {
  const { QABOARD_OUTBOUND_HOSTS: listed, QABOARD_GIT_URL: gitUrl } = settings;
  const withCredentials = [settings.QABOARD_GITLAB_TOKENS, settings.QABOARD_GITLAB_AUTH, settings.QABOARD_JENKINS_AUTH];
  const git = gitUrl === undefined ? [] : [new URL(gitUrl).host];
  return [...listed, ...withCredentials.flatMap(Object.keys), ...git].map((host) => host.toLowerCase());
}
