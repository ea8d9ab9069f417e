import { isJsonObject } from "../../json-text/json-object.ts";

/** What stands in a child's list for all of its parent's (contract section 8). */
const SUPER = "super";

type Config = Readonly<Record<string, unknown>>;

/** A configuration with that of the folder below over it: objects are merged, lists and values replaced. */
export function mergeConfig(parent: Config, child: Config): Record<string, unknown> {
  const merged = new Map(Object.entries(parent));
  for (const [key, value] of Object.entries(child)) merged.set(key, mergeValue(merged.get(key), value));
  return Object.fromEntries(merged);
}

function mergeValue(parent: unknown, child: unknown): unknown {
  if (isJsonObject(parent) && isJsonObject(child)) return mergeConfig(parent, child);
  if (!Array.isArray(child) || !child.includes(SUPER)) return child;
  const inherited = Array.isArray(parent) ? parent : [];
  return child.flatMap((one) => (one === SUPER ? inherited : [one]));
}
