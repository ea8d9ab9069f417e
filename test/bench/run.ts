import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Stack, type StackMode, startStack } from "../../dev/stack.ts";
import { type Figure, isMet, lineOf, MODES, type Report } from "./figures.ts";
import { PARTS, partsNamed } from "./parts.ts";
import { titleOf, writeFigures } from "./tables.ts";

const RESULTS = join(import.meta.dirname, "results.json");

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    mode: { type: "string", multiple: true, default: [] },
    docs: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});
const parts = partsNamed(values.only);
const modes = (["worker", "node"] as const).filter((mode) => values.mode.length === 0 || values.mode.includes(mode));

const figures: Figure[] = [];
const report: Report = {
  add(figure) {
    figures.push(figure);
    console.log(lineOf(figure));
  },
};
const loads = new Map<string, number>();
const started = performance.now();
for (const mode of modes)
  for (const name of parts) {
    const load = loadavg()[0] ?? 0;
    loads.set(titleOf({ part: name, mode }), load);
    console.log(`${name}, ${MODES[mode]} (load average ${load.toFixed(1)})`);
    await onOwnStack(mode, async (stack, folder) => await PARTS[name]?.(stack, report, folder));
  }
writeFileSync(RESULTS, `${JSON.stringify({ at: new Date().toISOString(), figures }, undefined, 2)}\n`);
if (values.docs) writeFigures(figures, loads);
const bounds = figures.flatMap(({ ratios = [] }) => ratios.flatMap((ratio) => isMet(ratio) ?? []));
const met = bounds.filter(Boolean).length;
console.log(`${met} of ${bounds.length} bounds met, ${Math.round((performance.now() - started) / 1_000)} s`);
process.exit(parts.length > 0 && modes.length > 0 ? 0 : 2);

/** A whole stack, durable as `npm start`'s, its consumer standing still. */
async function onOwnStack(mode: StackMode, work: (stack: Stack, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "runledger-bench-"));
  const onLog = (part: string, line: string) => values.verbose && console.log(part, line);
  try {
    const stack = await startStack({ mode, dataDir: folder, consumer: "none", onLog });
    try {
      await work(stack, folder);
    } finally {
      await stack.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
