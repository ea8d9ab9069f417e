import { outbound } from "../../../outside/outbound.ts";
import { log } from "../../log.ts";
import type { NotificationSettings } from "./settings.ts";

type HealthChecks = Pick<NotificationSettings, "KERNELCI_HEALTHCHECK_URL" | "KERNELCI_HEALTHCHECK_IDS">;

const LIMITS = { timeoutMs: 5_000, maxBytes: 65_536 };
const PATHS = { start: "/start", success: "", fail: "/fail" } as const;

/** Tells the service that watches jobs how one stands; an id that the settings do not name is not watched. Never throws. */
export async function pingHealthCheck(
  { KERNELCI_HEALTHCHECK_URL: base, KERNELCI_HEALTHCHECK_IDS: ids }: HealthChecks,
  monitoringId: string,
  state: keyof typeof PATHS,
): Promise<void> {
  const path = Object.hasOwn(ids, monitoringId) ? ids[monitoringId] : undefined;
  if (path === undefined) return;
  const url = `${base}/${path}${PATHS[state]}`;
  try {
    const request = { url, method: "GET", headers: new Headers() };
    const { status } = await outbound(request, { ...LIMITS, hosts: [new URL(url).host] });
    if (status >= 300) log("health check not taken", { monitoringId, state, status });
  } catch (error) {
    log("health check not taken", { monitoringId, state, reason: error instanceof Error ? error.message : "" });
  }
}

/** Does some work between two pings; one more tells when it fails. */
export async function monitored<T>(
  settings: HealthChecks,
  monitoringId: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (monitoringId === undefined) return await work();
  await pingHealthCheck(settings, monitoringId, "start");
  try {
    const result = await work();
    await pingHealthCheck(settings, monitoringId, "success");
    return result;
  } catch (error) {
    await pingHealthCheck(settings, monitoringId, "fail");
    throw error;
  }
}
