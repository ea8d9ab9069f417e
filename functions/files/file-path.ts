/** Beyond this many bytes no object store takes a key with our prefix. */
const MAX_PATH_BYTES = 900;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const REFUSED_CHARACTERS = /[\u0000-\u001f\u007f\\]/;

/**
 * An absolute path that may name a file or folder, without slashes at its end and with repeated ones as one; undefined
 * for anything that could mean another place to somebody: relative parts, backslashes, control characters, and these
 * in percent-encoding.
 */
export function parseFilePath(text: string): string | undefined {
  if (!text.startsWith("/") || !text.isWellFormed()) return undefined;
  const parts = text.split("/").filter(Boolean);
  if (!parts.every(isName)) return undefined;
  const path = `/${parts.join("/")}`;
  return new TextEncoder().encode(path).byteLength <= MAX_PATH_BYTES ? path : undefined;
}

/** The path that an address's part behind `/s` names; undefined when it may not name one. Percent-encoding is undone once. */
export function parseServedPath(encoded: string): string | undefined {
  const parts = encoded.split("/").map(decoded);
  return parts.some((part) => part === undefined || part.includes("/")) ? undefined : parseFilePath(parts.join("/"));
}

/** The address of a path below `/s`, encoded as Python's `urllib.parse.quote` does (QA-Board contract section 2.2). */
export function encodeFilePath(path: string): string {
  return path.split("/").map(encodeSegment).join("/");
}

/** One segment in percent-encoding, where only letters, digits and `_.-~` stand for themselves. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The folder that an output or commit names by its URL `/s/…`, as the webapp sends it; undefined when it is none. */
export function parseFileUrl(url: string): string | undefined {
  return url.startsWith("/s/") ? parseServedPath(url.slice(2)) : undefined;
}

function isName(part: string): boolean {
  return isPlain(part) && isPlain(decoded(part) ?? part);
}

function isPlain(part: string): boolean {
  return part !== "." && part !== ".." && !part.includes("/") && !REFUSED_CHARACTERS.test(part);
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
