/** A JSON value as YAML: blocks for what holds something, JSON (which is YAML) for keys and the rest. */
export function yamlOf(value: unknown): string {
  return `${blockOf(value, "").replace(/^\n/, "")}\n`;
}

function blockOf(value: unknown, indent: string): string {
  if (Array.isArray(value) && value.length > 0)
    return value.map((item) => `\n${indent}-${placed(item, `${indent}  `)}`).join("");
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined);
    if (pairs.length > 0)
      return pairs.map(([key, inner]) => `\n${indent}${keyOf(key)}:${placed(inner, `${indent}  `)}`).join("");
  }
  return JSON.stringify(value);
}

function placed(value: unknown, indent: string): string {
  const block = blockOf(value, indent);
  return block.startsWith("\n") ? block : ` ${block}`;
}

function keyOf(key: string): string {
  return /^[A-Za-z_$][\w$-]*$/.test(key) ? key : JSON.stringify(key);
}
