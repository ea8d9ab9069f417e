/** Where GitHub Enterprise Server has its REST API; clients in enterprise mode put it before every path. */
const PREFIX = "/api/v3";

/** Whether a path, below a source's mount or from the root of its own host, has the prefix of GitHub Enterprise Server. */
function hasPrefix(path: string): boolean {
  return path === PREFIX || path.startsWith(`${PREFIX}/`);
}

/** The path that is routed: the same API answers with and without the prefix (contract section 7). */
export function withoutEnterprisePrefix(path: string): string {
  return hasPrefix(path) ? path.slice(PREFIX.length) || "/" : path;
}

/** The base of the addresses in an answer: with the prefix for callers who use it, so that they stay below it. */
export function enterpriseBase(base: string, requestUrl: string): string {
  const below = new URL(requestUrl).pathname.slice(new URL(`${base}/`).pathname.length - 1);
  return hasPrefix(below) ? base + PREFIX : base;
}
