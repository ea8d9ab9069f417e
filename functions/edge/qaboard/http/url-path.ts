/** The URL of an absolute path: percent-encoded below /s, as Python's `quote` does it (contract section 2.2). */
export function urlPath(path: string): string {
  const encoded = encodeURIComponent(path).replaceAll("%2F", "/");
  return `/s${encoded.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}
