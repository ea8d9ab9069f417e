/** Characters of the legacy spelling, and how often a piece of it is tried as JSON. */
const MAX_LENGTH = 65_536;
const MAX_TRIES = 1_000;

/**
 * Reads the legacy spelling of configurations (contract section 4.5): texts between colons, and JSON objects, whose own
 * colons do not separate. Gives the JSON text of the list, so that numbers stay as they were written; undefined for a
 * spelling that is too long or has too many colons within objects.
 */
export function readConfigurations(legacy: string): string | undefined {
  if (legacy === "-") return "[]";
  if (legacy.length > MAX_LENGTH) return undefined;
  const read: string[] = [];
  let opened = "";
  let open = 0;
  let tries = 0;
  for (const token of legacy.split(":")) {
    const text = opened === "" ? token : `${opened}:${token}`;
    opened = "";
    if (!text.startsWith("{")) {
      read.push(JSON.stringify(text));
      continue;
    }
    open += countOf(token, "{") - countOf(token, "}");
    if (token.endsWith("}")) tries += 1;
    if (tries > MAX_TRIES) return undefined;
    const isObject = token.endsWith("}") && isJson(text);
    if (isObject) read.push(text);
    else if (open === 0) read.push(JSON.stringify(text));
    else opened = text;
    if (opened === "") open = 0;
  }
  if (opened !== "") read.push(JSON.stringify(opened));
  return `[${read.join(",")}]`;
}

const countOf = (text: string, sign: string) => text.split(sign).length - 1;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
