import { RE2JS } from "re2js";

const MAX_PATTERN = 500;

/** Whether a text has signs of a glob. */
export const isGlob = (text: string): boolean => /[*?[]/.test(text);

/** The folder above the first sign of a glob. */
export function fixedPart(glob: string): string {
  const parts = glob.split("/");
  const first = parts.findIndex(isGlob);
  return (first < 0 ? parts.slice(0, -1) : parts.slice(0, first)).join("/");
}

/** Whether paths match a glob as Python's `Path.glob` has it: `*` within a name, `**` over any folders. Takes linear time. */
export function pathMatcher(glob: string): (path: string) => boolean {
  if (glob.length > MAX_PATTERN) return () => false;
  const expression = glob
    .split("/")
    .map((part, at, parts) =>
      part === "**" ? (at === parts.length - 1 ? ".*" : "(?:[^/]+/)*") : `${nameExpression(part)}/`,
    )
    .join("")
    .replace(/\/$/, "");
  try {
    const compiled = RE2JS.compile(`^(?s:${expression})$`);
    return (path) => compiled.matches(path);
  } catch {
    return () => false;
  }
}

function nameExpression(name: string): string {
  return name.replace(/\*+|\?|\[!?[^\]]+\]|[^*?[]+|\[/g, (piece) => {
    if (piece.startsWith("*")) return "[^/]*";
    if (piece === "?") return "[^/]";
    if (!piece.startsWith("[") || piece === "[") return RE2JS.quote(piece);
    const inside = piece.slice(1, -1).replace(/[\\^&~|[\]]/g, "\\$&");
    return `[${inside.startsWith("!") ? `^${inside.slice(1)}` : inside}]`;
  });
}
