/** A text without the slashes at its end: how the addresses of settings and of other systems are joined with paths. */
export function withoutTrailingSlashes(text: string): string {
  return text.replace(/(?<!\/)\/+$/, "");
}
