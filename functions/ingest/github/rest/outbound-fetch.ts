import { type OutboundLimits, outbound } from "../../../outside/outbound.ts";
import { GithubRefusal } from "./refusal.ts";

const REDIRECTS = [301, 302, 307, 308];
const WITHOUT_BODY = [204, 205, 304];
const MOST_HOPS = 5;

/** A fetch as octokit calls it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A fetch within the limits of outgoing requests; a GET follows redirects, but never off the allow-list. */
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
      const leadsOn = request.method === "GET" && REDIRECTS.includes(answer.status) && location !== null;
      if (!leadsOn || hops === MOST_HOPS) {
        const bytes = WITHOUT_BODY.includes(answer.status) ? null : new Uint8Array(answer.body);
        const response = new Response(bytes, { status: answer.status, headers: answer.headers });
        // A response that is made has no address, and octokit's pagination looks at it.
        return Object.defineProperty(response, "url", { value: at });
      }
      at = new URL(location, at).href;
    }
  };
}
