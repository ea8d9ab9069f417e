/**
 * Replaces GitHub's API base by our own in a JSON text rendered by Postgres: in every string under a key `url` or
 * ending in `_url` that starts with one of `apiUrls` and a slash. Web addresses and other strings stay (contract section 7).
 *
 * Inside a JSON string a quote is always escaped, so `url": "` can only be the end of a key; Postgres writes one space
 * after a colon and after a comma, and none after a brace. No parsing: the text keeps its numbers, depth and keys.
 */
export function withOwnUrls(json: string, apiUrls: readonly string[], base: string): string {
  if (apiUrls.length === 0) return json;
  const bases = apiUrls.map((url) => url.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  const pattern = new RegExp(`((?:[{ ]"|_)url": ")(?:${bases})(?=/)`, "g");
  return json.replace(pattern, (_, before: string) => before + base);
}
