import { OutboundError, outbound } from "../../../../outside/outbound.ts";

const TIMEOUT_MS = 1_200;
const MAX_BYTES = 256 * 1024;

/** A JSON answer of an identity provider, or undefined when there is none in time (contract section 2.1). */
export async function fetchJson(url: string, token?: string): Promise<unknown> {
  try {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const request = new Request(url, { headers: { accept: "application/json", ...authorization } });
    const { host } = new URL(url);
    // Every URL that comes here is a trusted issuer's own, or named by its discovery document.
    const answer = await outbound(request, { hosts: [host], timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
    return answer.status === 200 ? JSON.parse(new TextDecoder().decode(answer.body)) : undefined;
  } catch (error) {
    if (error instanceof OutboundError || error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
