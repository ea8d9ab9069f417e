import * as z from "zod";

const Names = z.array(z.string().max(200)).max(20);

/** What Python calls values that are not lists. */
const PYTHON_TYPES: Readonly<Record<string, string>> = { number: "int", boolean: "bool" };

/** Names of groups in a body; `ok: false` with the original's words for anything but a list (contract section 9). */
export function readGroupNames(groups: unknown): { ok: true; names: string[] } | { ok: false; reason: string } {
  if (groups === undefined) return { ok: false, reason: "'groups'" };
  const parsed = Names.safeParse(groups);
  if (parsed.success) return { ok: true, names: parsed.data };
  const type = groups === null ? "NoneType" : PYTHON_TYPES[typeof groups];
  const reason = type === undefined ? "groups must be a list of at most 20 names" : `'${type}' object is not iterable`;
  return { ok: false, reason };
}
