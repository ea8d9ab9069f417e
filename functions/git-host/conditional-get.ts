import { OutboundError, outbound } from "../outside/outbound.ts";

const TIMEOUT_MS = 8_000;
const MAX_BYTES = 4 * 1024 * 1024;
/** Answers kept of a host, oldest out first. */
const MAX_KEPT = 500;
const MAX_KEPT_BYTES = 256 * 1024;

export type HostAnswer = { body: Uint8Array; headers: Headers };

/** GETs below a base URL; undefined for what the host does not have, or does not show. */
export type ConditionalGet = (
  path: string,
  headers?: Readonly<Record<string, string>>,
) => Promise<HostAnswer | undefined>;

/**
 * GETs of a host that keep what came with an ETag and ask again with it, which costs a host little and counts towards no
 * limit at GitHub. Throws OutboundError when it has too much to do or fails.
 */
export function conditionalGet(baseUrl: string, shared: Readonly<Record<string, string>>): ConditionalGet {
  const kept = new Map<string, HostAnswer & { etag: string }>();
  const hosts = [new URL(baseUrl).host];
  return async (path, own = {}) => {
    const url = `${baseUrl}${path}`;
    const before = kept.get(url);
    const headers = new Headers({
      ...shared,
      ...own,
      ...(before === undefined ? {} : { "if-none-match": before.etag }),
    });
    const answer = await outbound(
      { url, method: "GET", headers },
      { hosts, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES },
    );
    if (answer.status === 304 && before !== undefined) return before;
    // Who refuses for good has nothing for us; who has too much to do may have it later.
    if (answer.status >= 400 && answer.status < 500 && !isBusy(answer)) return undefined;
    if (answer.status !== 200) throw new OutboundError(`the Git host answered ${answer.status}`);
    const etag = answer.headers.get("etag");
    kept.delete(url);
    if (etag !== null && answer.body.byteLength <= MAX_KEPT_BYTES) {
      kept.set(url, { ...answer, etag });
      const [oldest] = kept.keys();
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    }
    return answer;
  };
}

/** Whether a limit of requests is used up, which GitHub also says with 403. */
function isBusy({ status, headers }: { status: number; headers: Headers }): boolean {
  return status === 429 || headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0";
}
