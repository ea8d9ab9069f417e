import type { Stack } from "../../dev/stack.ts";
import { benchResults } from "./eosc-perf/results.ts";
import type { Report } from "./figures.ts";
import { benchConsumer } from "./github/consumer.ts";
import { benchLatency } from "./github/latency.ts";
import { benchReads } from "./github/reads.ts";
import { benchReceipt } from "./github/receipt.ts";
import { benchKernelciHardware } from "./kernelci/hardware.ts";
import { benchKernelciMetrics } from "./kernelci/metrics.ts";
import { benchKernelciReads } from "./kernelci/reads.ts";
import { benchKernelciSubmissions } from "./kernelci/submissions.ts";
import { benchQaboardResults } from "./qaboard/results.ts";

/**
 * One part of the benchmark: measures on a stack of its own, whose consumer stands still until the part starts it, and
 * adds figures to the report. What it writes into `folder` goes away with the stack.
 */
export type Bench = (stack: Stack, report: Report, folder: string) => Promise<void>;

/** Every part, as `<source>-<what is measured>`, in the order they run. A new one is registered here. */
export const PARTS: Readonly<Record<string, Bench>> = {
  "github-receipt": benchReceipt,
  "github-latency": benchLatency,
  "github-consumer": benchConsumer,
  "github-reads": benchReads,
  "kernelci-submissions": benchKernelciSubmissions,
  "kernelci-reads": benchKernelciReads,
  "kernelci-metrics": benchKernelciMetrics,
  "kernelci-hardware": benchKernelciHardware,
  "eosc-perf-results": benchResults,
  "qaboard-results": benchQaboardResults,
};

/** Names of the parts that are asked for: by name, by source or by what is measured; all when nothing is asked for. Throws for a word that names none. */
export function partsNamed(words: readonly string[]): string[] {
  const names = Object.keys(PARTS);
  const named = (word: string) =>
    names.filter((name) => name === word || name.startsWith(`${word}-`) || name.endsWith(`-${word}`));
  for (const word of words)
    if (named(word).length === 0) throw new Error(`no benchmark is named ${word}: there are ${names.join(", ")}`);
  const wanted = new Set(words.flatMap(named));
  return names.filter((name) => wanted.size === 0 || wanted.has(name));
}
