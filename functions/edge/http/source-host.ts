import { isBelow, type Source } from "./source.ts";

/** Receipts are shared by all sources, so their address is the same on every host. */
const SHARED = "/deliveries";

/** Whether a host's name starts with a source's (`github.localhost`). */
function isHostOf(hostname: string, name: string): boolean {
  return hostname.startsWith(`${name}.`);
}

/** Makes the function that tells the path a request is routed by: on a source's own host its routes stand at the root. */
export function routedPath(sources: readonly Pick<Source, "name" | "rewritePath">[]): (request: Request) => string {
  return (request) => {
    const { pathname, hostname } = new URL(request.url);
    const ofHost = sources.find(({ name }) => isHostOf(hostname, name));
    if (ofHost !== undefined && isBelow(SHARED, pathname)) return pathname;
    const source = ofHost ?? sources.find(({ name }) => pathname.startsWith(`/${name}/`));
    if (source === undefined) return pathname;
    const below = ofHost === undefined ? pathname.slice(source.name.length + 1) : pathname;
    if (source.rewritePath === undefined) return `/${source.name}${below}`;
    const path = source.rewritePath(below, request.headers);
    // The router knows the mount itself without a slash at its end.
    return path === "/" ? `/${source.name}` : `/${source.name}${path}`;
  };
}

/** Base of a source's addresses as the caller sees them, without a slash at the end. */
export function sourceUrl(requestUrl: string, name: string): string {
  const { origin, hostname } = new URL(requestUrl);
  return isHostOf(hostname, name) ? origin : `${origin}/${name}`;
}
