import type { Misc } from "../../../db/schema/index.ts";

const AUTOMATIC = /^(shell|k8s.*)$/;

/**
 * Fills in where something ran (contract part 02, Labs): `lab` of a build, `runtime` of a test. A name that is no lab
 * moves to `automatic_lab`; what is then missing becomes the origin.
 */
export function withLab(misc: Misc | undefined, field: "lab" | "runtime", origin: string): Misc {
  const named = misc?.[field];
  if (typeof named === "string" && AUTOMATIC.test(named)) return { ...misc, automatic_lab: named, [field]: origin };
  return named === undefined || named === null ? { ...misc, [field]: origin } : (misc ?? {});
}
