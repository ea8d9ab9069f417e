import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { boundText, type Figure, MODES, shown } from "./figures.ts";

const PAGE = join(import.meta.dirname, "..", "..", "docs", "benchmarks.md");
const HEADING = "## Figures\n";

const SECTION = "\n### ";

/** Load averages of the minute before each part of a run, by `<part>, <mode>`. */
export type Loads = ReadonlyMap<string, number>;

/** What a table of docs/benchmarks.md is named by. */
export const titleOf = ({ part, mode }: Pick<Figure, "part" | "mode">) => `${part}, ${MODES[mode]}`;

/** Puts the figures of a run in place of those of the same parts and modes in docs/benchmarks.md; others stay. */
export function writeFigures(figures: readonly Figure[], loads: Loads): void {
  const page = readFileSync(PAGE, "utf8");
  const at = page.indexOf(HEADING);
  if (at < 0) throw new Error(`docs/benchmarks.md has no heading ${HEADING}`);
  const [, ...kept] = page.slice(at).split(SECTION);
  const tables = new Map(kept.map((section) => [section.slice(0, section.indexOf("\n")), section.trimEnd()]));
  for (const [title, measured] of Map.groupBy(figures, titleOf))
    tables.set(title, tableOf(title, machineOf(loads.get(title)), measured));
  const sections = [...tables.values()].map((section) => `${SECTION}${section}\n`);
  writeFileSync(PAGE, `${page.slice(0, at)}${HEADING}\n${SHARED}\n${sections.join("")}`);
}

const SHARED = [
  "The cores hold the load generator, the edge, the queue, the object store, the consumer and the database together. A load average",
  "is that of the minute before the part.",
].join("\n");

function machineOf(load = 0): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${machine}, load average ${load.toFixed(1)}.`;
}

/** A table with a line for each figure; figures of one part and mode may differ in what they tell. */
function tableOf(title: string, machine: string, figures: readonly Figure[]): string {
  const names = [...new Set(figures.flatMap(({ values }) => Object.keys(values)))];
  const of = [...new Set(figures.flatMap(({ ratios = [] }) => ratios.map((ratio) => ratio.of)))];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rows = figures.map(({ what, values, ratios = [] }) =>
    line([
      what,
      ...names.map((name) => shownOrNothing(values[name])),
      ...of.map((name) => {
        const ratio = ratios.find((one) => one.of === name);
        return ratio === undefined ? "" : `${ratio.value.toFixed(2)}${boundText(ratio)}`;
      }),
    ]),
  );
  const rule = ["---", ...[...names, ...of].map(() => "--:")];
  return [`${title}\n`, `${machine}\n`, line(["", ...names, ...of]), `|${rule.join("|")}|`, ...rows].join("\n");
}

function shownOrNothing(value: number | undefined): string {
  return value === undefined ? "" : shown(value);
}
