import { routedPath } from "../eosc-perf/path.ts";

/** Every source, by the name of its mount. */
export const SOURCES = ["github", "kernelci", "qaboard", "eosc-perf"] as const;

/** Receipts are shared by all sources, so their address is the same on every host. */
const SHARED = "/deliveries";

const EOSC_PERF = "eosc-perf";

const isShared = (pathname: string) => pathname === SHARED || pathname.startsWith(`${SHARED}/`);

/** The source whose name the host starts with (`github.localhost`), if any. */
export function sourceOfHost(hostname: string): (typeof SOURCES)[number] | undefined {
  const first = hostname.split(".")[0];
  return hostname.includes(".") ? SOURCES.find((source) => source === first) : undefined;
}

/** The path a request is routed by: on a source's own host its routes stand at the root. */
export function pathOf(request: Request): string {
  const { pathname, hostname } = new URL(request.url);
  const source = sourceOfHost(hostname);
  if (source === EOSC_PERF) return isShared(pathname) ? pathname : eoscPerfPath(pathname, request.headers);
  if (source !== undefined) return isShared(pathname) ? pathname : `/${source}${pathname}`;
  if (!pathname.startsWith(`/${EOSC_PERF}/`)) return pathname;
  return eoscPerfPath(pathname.slice(EOSC_PERF.length + 1), request.headers);
}

/** The router knows the mount itself without a slash at its end. */
function eoscPerfPath(below: string, headers: Headers): string {
  const routed = routedPath(below, headers);
  return routed === "/" ? `/${EOSC_PERF}` : `/${EOSC_PERF}${routed}`;
}

/** Base of a source's addresses as the caller sees them, without a slash at the end. */
export function baseOf(requestUrl: string, source: (typeof SOURCES)[number]): string {
  const { origin, hostname } = new URL(requestUrl);
  return sourceOfHost(hostname) === source ? origin : `${origin}/${source}`;
}
