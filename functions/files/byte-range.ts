/** Bytes of a file, both ends included. */
export type ByteRange = { start: number; end: number };

/** One range of bytes (RFC 9110 section 14.1.2); undefined for what is to be ignored, `outside` for what a file has none of. */
export function parseRange(text: string, size: number): ByteRange | "outside" | undefined {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(text.trim()) ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "")
    return Number(last) === 0 || size === 0 ? "outside" : { start: Math.max(0, size - Number(last)), end: size - 1 };
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return undefined;
  return start >= size ? "outside" : { start, end };
}
