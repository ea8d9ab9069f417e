import { withoutTrailingSlashes } from "./trailing-slashes.ts";

const MAX_CHARACTERS = 2_000;
const USUAL_PORTS = new Set(["", "22", "443"]);

/**
 * The one name that a repository has over all sources: host and path in lower case, without scheme, user, usual port, `.git`
 * and slashes at the end. `git@github.com:A/B.git` and `https://github.com/a/b` are both `github.com/a/b`. Undefined for
 * what names no host and path.
 */
export function repositoryIdentity(address: string): string | undefined {
  const text = address.trim();
  if (text.length > MAX_CHARACTERS) return undefined;
  const url = parseUrl(text.includes("://") ? text : fromScp(text));
  if (url === undefined) return undefined;
  const path = withoutTrailingSlashes(withoutTrailingSlashes(url.pathname.toLowerCase()).replace(/\.git$/, ""));
  const name = path.slice(path.search(/[^/]|$/));
  if (url.hostname === "" || name === "") return undefined;
  const port = USUAL_PORTS.has(url.port) ? "" : `:${url.port}`;
  return `${url.hostname.toLowerCase()}${port}/${name}`;
}

/** `user@host:path`, as `scp` and Git write it. */
function fromScp(text: string): string {
  const colon = text.indexOf(":");
  return colon === -1 ? `ssh://${text}` : `ssh://${text.slice(0, colon)}/${text.slice(colon + 1)}`;
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
