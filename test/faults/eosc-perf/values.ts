/** What a benchmark measured; the name tells results apart. */
export const documentOf = (name: string, turn: number) => ({
  name,
  score: turn + 12.5,
  passed: true,
  machine: { cores: turn + 2, architecture: "riscv64", cpu: { caches: [32, 64] } },
});

const KINDS: Readonly<Record<string, number>> = { string: 1, number: 2, boolean: 3 };

type Value = { path: string; kind: number; number: number | null; truth: boolean | null; text: string | null };

/** The values that filters find in a document, by path: each member that is in no array (EOSC-Perf contract section 8). */
export function valuesIn(document: object, prefix = ""): Value[] {
  const found = Object.entries(document).flatMap(([name, value]: [string, unknown]): Value[] => {
    const path = `${prefix}${name}`;
    const isNested = typeof value === "object" && value !== null;
    const number = typeof value === "number" ? value : null;
    const truth = typeof value === "boolean" ? value : null;
    const kind = Array.isArray(value) ? 4 : isNested ? 5 : (KINDS[typeof value] ?? 0);
    const own = { path, kind, number, truth, text: isNested ? null : String(value) };
    return [own, ...(isNested && !Array.isArray(value) ? valuesIn(value, `${path}.`) : [])];
  });
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
