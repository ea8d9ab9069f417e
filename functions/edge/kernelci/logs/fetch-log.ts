import type { Context } from "hono";
import { allowedFetch } from "../../../outside/allowed-fetch.ts";
import type { StreamedAnswer } from "../../../outside/outbound.ts";
import type { Env } from "../../env.ts";
import { isLogHost } from "./log-hosts.ts";

/** Nothing of the caller's request goes along. */
const HEADERS = { accept: "*/*", "user-agent": "runledger" };

/**
 * Asks a host of KERNELCI_LOG_HOSTS for a log or a list of logs (contract part 08). Names of the list lead to public
 * addresses alone. Throws TargetError and OutboundError.
 */
export async function fetchLog(
  c: Context<Env>,
  url: string,
  timeoutMs: number,
): Promise<StreamedAnswer & { url: URL }> {
  const { KERNELCI_LOG_HOSTS: hosts } = c.env.config;
  return await allowedFetch(
    { url, method: "GET", headers: new Headers(HEADERS) },
    { isListed: (target) => isLogHost(hosts, target), addresses: "public", timeoutMs },
  );
}
