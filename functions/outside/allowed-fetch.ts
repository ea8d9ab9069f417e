import { type AddressPolicy, isReachable } from "./address.ts";
import { OutboundError, type OutboundRequest, outboundStream, type StreamedAnswer } from "./outbound.ts";

const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
/** Meant for one host: they do not follow a redirect to another. */
const CREDENTIALS = ["authorization", "cookie", "private-token", "jenkins-crumb"];

/** What is wrong with a target: its URL, credentials in it, its host or address, or the redirects that led to it. */
export type TargetFault = "url" | "credentials" | "host" | "redirects";

/** Raised for a target that may not be asked; the message may be shown to who named it. */
export class TargetError extends OutboundError {
  override name = "TargetError";
  readonly fault: TargetFault;

  constructor(fault: TargetFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** Whom somebody else's URL may reach, and how long the answer may take to begin. */
export type Allowance = { isListed(url: URL): boolean; addresses: AddressPolicy; timeoutMs: number };

type ConnectionOptions = (policy: AddressPolicy) => object;
let connectionOptions: ConnectionOptions = () => ({});

/** Sets what requests of this process pass to `fetch` for their connections. */
export function connectBy(options: ConnectionOptions): void {
  connectionOptions = options;
}

/**
 * Asks a URL that somebody else named, if its host is listed and its addresses may be reached; GET and HEAD follow at most
 * five redirects, each under the same rules. The body is not read. Throws TargetError, and OutboundError when no answer
 * comes.
 */
export async function allowedFetch(
  asked: OutboundRequest,
  { isListed, addresses, timeoutMs }: Allowance,
): Promise<StreamedAnswer & { url: URL }> {
  const headers = new Headers(asked.headers);
  let url = parseTarget(asked.url);
  for (let redirects = 0; ; redirects += 1) {
    if (!isListed(url) || !(await isReachable(url.hostname, addresses)))
      throw new TargetError("host", `The host ${url.host} is not one that may be asked.`);
    const request = { ...asked, ...connectionOptions(addresses), url: url.href, headers };
    const answer = await outboundStream(request, { hosts: [url.host], timeoutMs });
    const location = answer.headers.get("location");
    const mayFollow = asked.method === "GET" || asked.method === "HEAD";
    const { status, statusText, body } = answer;
    if (!mayFollow || location === null || !REDIRECTS.includes(status))
      return { status, statusText, headers: answer.headers, body, url };
    await body?.cancel().catch(() => {});
    if (redirects === MAX_REDIRECTS)
      throw new TargetError("redirects", `There were more than ${MAX_REDIRECTS} redirects.`);
    const next = parseTarget(location, url);
    if (next.origin !== url.origin) for (const name of CREDENTIALS) headers.delete(name);
    url = next;
  }
}

function parseTarget(text: string, base?: URL): URL {
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    throw new TargetError("url", "The URL is not one of http or https.");
  if (url.username !== "" || url.password !== "") throw new TargetError("credentials", "The URL holds credentials.");
  return url;
}
