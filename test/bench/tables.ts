import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { boundText, type Figure, MODES, shown } from "./figures.ts";

const PAGE = join(import.meta.dirname, "..", "..", "docs", "benchmarks.md");
const HEADING = "## Figures\n";

/** Puts the figures of a run in place of those in docs/benchmarks.md. `loads` are load averages, one before each part. */
export function writeFigures(figures: readonly Figure[], loads: readonly number[]): void {
  const page = readFileSync(PAGE, "utf8");
  const at = page.indexOf(HEADING);
  if (at < 0) throw new Error(`docs/benchmarks.md has no heading ${HEADING}`);
  const parts = [...new Set(figures.map(({ part }) => part))].flatMap((part) =>
    [...new Set(figures.filter((figure) => figure.part === part).map(({ mode }) => mode))].map((mode) =>
      tableOf(
        `${part}, ${MODES[mode]}`,
        figures.filter((figure) => figure.part === part && figure.mode === mode),
      ),
    ),
  );
  writeFileSync(PAGE, `${page.slice(0, at)}${HEADING}\n${[machineOf(loads), ...parts].join("\n\n")}\n`);
}

function machineOf(loads: readonly number[]): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}) and ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const [before = 0] = loads;
  return [
    `Taken on ${machine}, which hold the load generator, the edge, the queue, the object store, the consumer and the database`,
    `together. The load average was ${before.toFixed(1)} before the run and at most ${Math.max(...loads).toFixed(1)} before a part, the run's own load included.`,
  ].join("\n");
}

/** A table with a line for each figure; figures of one part and mode may differ in what they tell. */
function tableOf(title: string, figures: readonly Figure[]): string {
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
  return [`### ${title}\n`, line(["", ...names, ...of]), `|${rule.join("|")}|`, ...rows].join("\n");
}

function shownOrNothing(value: number | undefined): string {
  return value === undefined ? "" : shown(value);
}
