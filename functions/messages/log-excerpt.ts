/** Where a log excerpt is kept, gzipped, by the SHA-256 of its text in hex; the same path stands in its address. */
export function logExcerptKey(sum: string): string {
  return `logexcerpt/${sum}/logexcerpt.txt.gz`;
}
