import { type OutboundLimits, outbound } from "../../../outside/outbound.ts";
import { GithubRefusal } from "./refusal.ts";

/** Redirects that leave the method as it is (RFC 9110 section 15.4); the others do so for a GET only. */
const KEEPING_METHOD = [307, 308];
const REDIRECTS = [301, 302, ...KEEPING_METHOD];
const WITHOUT_BODY = [204, 205, 304];
const MOST_HOPS = 5;

/** A fetch as octokit calls it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A fetch within the limits of outgoing requests; it follows redirects, but never off the allow-list. */
export function outboundFetch(limits: OutboundLimits): Fetch {
  return async (url, init) => {
    const { method, headers, body } = init;
    let at = url;
    for (let hops = 0; ; hops += 1) {
      const { host } = new URL(at);
      if (!limits.hosts.includes(host))
        throw new GithubRefusal({ is: "refused" }, `GitHub names another host: ${host}`);
      const request = new Request(at, { method, headers, body } as RequestInit);
      const answer = await outbound(request, limits);
      const location = answer.headers.get("location");
      const followed = request.method === "GET" ? REDIRECTS : KEEPING_METHOD;
      if (!followed.includes(answer.status) || location === null || hops === MOST_HOPS) {
        const bytes = WITHOUT_BODY.includes(answer.status) ? null : new Uint8Array(answer.body);
        return new Response(bytes, { status: answer.status, headers: answer.headers });
      }
      at = new URL(location, at).href;
    }
  };
}
